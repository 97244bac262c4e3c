import type { ApplicationService } from '@adonisjs/core/types'

/** Wires the shared kernel into the application and closes what it opened. */
export default class CoreProvider {
  constructor(protected app: ApplicationService) {}

  async boot() {
    const { registerHttp } = await import('#core/http/register')
    registerHttp()
  }

  async ready() {
    if (['web', 'test'].includes(this.app.getEnvironment())) await import('#core/metrics/all')
  }

  async shutdown() {
    const { readingPool } = await import('#core/database/reading_pool')
    await readingPool.end()
  }
}
