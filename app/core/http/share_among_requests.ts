import type { ApplicationService } from '@adonisjs/core/types'

type Door = () => Promise<{ default: new (...dependencies: never[]) => object }>

interface Doors {
  [name: string]: Door | Doors
}

/**
 * Makes one instance of each middleware and controller for all requests. The
 * container would otherwise make one for each request, and everything that is
 * injected into it. Only where requests are answered: commands don't load them.
 */
export async function shareAmongRequests(
  app: ApplicationService,
  middleware: Door[],
  controllers: Doors
) {
  if (!['web', 'test'].includes(app.getEnvironment())) return

  for (const door of [...middleware, ...within(controllers)]) {
    const { default: constructor } = await door()
    app.container.bindValue(constructor, await app.container.make(constructor))
  }
}

function within(doors: Doors): Door[] {
  return Object.values(doors).flatMap((door) => (typeof door === 'function' ? door : within(door)))
}
