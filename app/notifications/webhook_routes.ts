import router from '@adonisjs/core/services/router'
import { uuid } from '#core/http/route_matchers'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'

router
  .group(() => {
    router.get('/', [controllers.notifications.Webhooks, 'index'])
    router.post('/', [controllers.notifications.Webhooks, 'store']).use(middleware.idempotent())
    router.get(':id', [controllers.notifications.Webhooks, 'show']).where('id', uuid)
    router.patch(':id', [controllers.notifications.Webhooks, 'update']).where('id', uuid)
    router.delete(':id', [controllers.notifications.Webhooks, 'destroy']).where('id', uuid)
    router
      .post(':id/secret', [controllers.notifications.WebhookSecrets, 'store'])
      .where('id', uuid)
      .use(middleware.idempotent())
    router
      .post(':id/ping', [controllers.notifications.WebhookPings, 'store'])
      .where('id', uuid)
      .use(middleware.idempotent())
    router
      .get(':id/deliveries', [controllers.notifications.WebhookDeliveries, 'index'])
      .where('id', uuid)
    router
      .post(':id/deliveries/:deliveryId/retry', [controllers.notifications.WebhookRetries, 'store'])
      .where('id', uuid)
      .where('deliveryId', uuid)
      .use(middleware.idempotent())
  })
  .prefix('/api/v1/notifications/webhooks')
  .as('api.v1.notifications')
  .use(middleware.auth({ guards: ['jwt', 'pat'] }))
