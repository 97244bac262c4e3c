import app from '@adonisjs/core/services/app'
import type { HttpContext } from '@adonisjs/core/http'
import type { MiddlewareAsClass, NextFn } from '@adonisjs/core/types/http'

type Door = () => Promise<{ default: MiddlewareAsClass }>

/**
 * Several middleware as one, run in their order. One instance of each serves all
 * requests, and the container stands at the door of the whole only: it costs a
 * request more than most of these do.
 */
export function chained(doors: Door[]): Door {
  return async () => {
    const modules = await Promise.all(doors.map((door) => door()))
    const all = await Promise.all(modules.map(({ default: each }) => app.container.make(each)))
    const run = (position: number, ctx: HttpContext, next: NextFn): Promise<unknown> =>
      position === all.length
        ? next()
        : all[position].handle(ctx, () => run(position + 1, ctx, next))

    return {
      default: class Chained {
        handle(ctx: HttpContext, next: NextFn) {
          return run(0, ctx, next)
        }
      },
    }
  }
}
