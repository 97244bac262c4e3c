import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'

/*
| The console takes no tokens of the API, whosever they are: none of its routes has
| a guard that reads one (tests/functional/core/route_guards.spec.ts).
*/
router
  .group(() => {
    router.get('/', [controllers.admin.Homes, 'show'])
  })
  .prefix('/admin')
  .as('admin')
  .use([middleware.can('openConsole'), middleware.shield()])
