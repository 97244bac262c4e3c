import router from '@adonisjs/core/services/router'
import { uuid } from '#core/http/route_matchers'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'

router
  .group(() => {
    router
      .resource('categories', controllers.transactions.Categories)
      .apiOnly()
      .where('id', uuid)
      .use('store', middleware.idempotent())

    router
      .post('transfers', [controllers.transactions.Transfers, 'store'])
      .use(middleware.idempotent())

    router.put(':id/splits', [controllers.transactions.Splits, 'update']).where('id', uuid)

    router.get('/', [controllers.transactions.Transactions, 'index'])
    router
      .post('/', [controllers.transactions.Transactions, 'store'])
      .use(middleware.idempotent())
    router.get(':id', [controllers.transactions.Transactions, 'show']).where('id', uuid)
    router.patch(':id', [controllers.transactions.Transactions, 'update']).where('id', uuid)
    router.delete(':id', [controllers.transactions.Transactions, 'destroy']).where('id', uuid)
  })
  .prefix('/api/v1/transactions')
  .as('api.v1.transactions')
  .use(middleware.auth({ guards: ['jwt'] }))
