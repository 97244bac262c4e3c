import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'

router
  .group(() => {
    router.get('me', [controllers.users.Profiles, 'show'])
    router.patch('me', [controllers.users.Profiles, 'update'])
  })
  .prefix('/api/v1/users')
  .as('api.v1.users')
  .use(middleware.auth({ guards: ['jwt'] }))
