import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'

router
  .group(() => {
    router.post('register', [controllers.auth.Registrations, 'store'])
    router.post('login', [controllers.auth.Sessions, 'store'])
    router.post('refresh', [controllers.auth.Refreshes, 'store'])

    router
      .group(() => {
        router.post('logout', [controllers.auth.Sessions, 'destroy'])
        router.post('logout-all', [controllers.auth.AllSessions, 'destroy'])
      })
      .use(middleware.auth({ guards: ['jwt'] }))
  })
  .prefix('/api/v1/auth')
  .as('api.v1.auth')
