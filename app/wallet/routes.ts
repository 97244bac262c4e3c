import router from '@adonisjs/core/services/router'
import { uuid } from '#core/http/route_matchers'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'

router
  .group(() => {
    router.get('accounts', [controllers.wallet.Accounts, 'index'])
    router.post('accounts', [controllers.wallet.Accounts, 'store']).use(middleware.idempotent())
    router.get('accounts/:id', [controllers.wallet.Accounts, 'show']).where('id', uuid)
    router.patch('accounts/:id', [controllers.wallet.Accounts, 'update']).where('id', uuid)
    router.delete('accounts/:id', [controllers.wallet.Accounts, 'destroy']).where('id', uuid)

    router.get('summary', [controllers.wallet.Summaries, 'show'])
    router.get('cashflow', [controllers.wallet.Cashflows, 'show'])
    router.get('networth', [controllers.wallet.NetWorths, 'show'])
    router.get('analytics', [controllers.wallet.Analytics, 'show'])
  })
  .prefix('/api/v1/wallet')
  .as('api.v1.wallet')
  .use(middleware.auth({ guards: ['jwt', 'pat'] }))
