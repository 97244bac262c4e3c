import router from '@adonisjs/core/services/router'
import { uuid } from '#core/http/route_matchers'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'

router
  .group(() => {
    router.get('/', [controllers.files.Files, 'index'])
    router
      .post('/', [controllers.files.Files, 'store'])
      .use([middleware.limit('files'), middleware.accepts('multipart'), middleware.idempotent()])
    router.get(':id', [controllers.files.Files, 'show']).where('id', uuid)
    router.get(':id/download', [controllers.files.Downloads, 'show']).where('id', uuid)
    router.delete(':id', [controllers.files.Files, 'destroy']).where('id', uuid)
  })
  .prefix('/api/v1/files')
  .as('api.v1.files')
  .use(middleware.auth({ guards: ['jwt', 'pat'] }))

router
  .group(() => {
    router
      .post('export', [controllers.files.Exports, 'store'])
      .use([middleware.limit('files'), middleware.idempotent()])
    router.get('exports', [controllers.files.Exports, 'index'])
    router.get('exports/:id', [controllers.files.Exports, 'show']).where('id', uuid)
  })
  .prefix('/api/v1/users/me')
  .as('api.v1.users.me')
  .use(middleware.auth({ guards: ['jwt'] }))
