import router from '@adonisjs/core/services/router'
import { uuid } from '#core/http/route_matchers'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'

router
  .group(() => {
    router
      .resource('accounts', controllers.wallet.Accounts)
      .apiOnly()
      .where('id', uuid)
      .use('store', middleware.idempotent())

    router.get('summary', [controllers.wallet.Summaries, 'show'])
    router.get('cashflow', [controllers.wallet.Cashflows, 'show'])
    router.get('networth', [controllers.wallet.NetWorths, 'show'])
    router.get('analytics', [controllers.wallet.Analytics, 'show'])
  })
  .prefix('/api/v1/wallet')
  .as('api.v1.wallet')
  .use(middleware.auth({ guards: ['jwt'] }))
