import router from '@adonisjs/core/services/router'
import { uuid } from '#core/http/route_matchers'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'

router
  .group(() => {
    router.get('preferences', [controllers.notifications.Preferences, 'show'])
    router.put('preferences', [controllers.notifications.Preferences, 'update'])

    router.get('alerts', [controllers.notifications.Alerts, 'index'])
    router.post('alerts', [controllers.notifications.Alerts, 'store']).use(middleware.idempotent())
    router.get('alerts/:id', [controllers.notifications.Alerts, 'show']).where('id', uuid)
    router.patch('alerts/:id', [controllers.notifications.Alerts, 'update']).where('id', uuid)
    router.delete('alerts/:id', [controllers.notifications.Alerts, 'destroy']).where('id', uuid)

    router.get('events', [controllers.notifications.EventStreams, 'show'])
    router.post('read-all', [controllers.notifications.Readings, 'store'])

    router.get('/', [controllers.notifications.Notifications, 'index'])
    router.get(':id', [controllers.notifications.Notifications, 'show']).where('id', uuid)
    router.patch(':id', [controllers.notifications.Notifications, 'update']).where('id', uuid)
    router.delete(':id', [controllers.notifications.Notifications, 'destroy']).where('id', uuid)
  })
  .prefix('/api/v1/notifications')
  .as('api.v1.notifications')
  .use(middleware.auth({ guards: ['jwt', 'pat'] }))
