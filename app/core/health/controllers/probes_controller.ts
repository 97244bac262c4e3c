import type { HttpContext } from '@adonisjs/core/http'
import { databaseAnswers } from '#core/health/dependencies'
import { operation } from '#core/openapi/operation'
import { enumOf, resource } from '#core/openapi/schema'

const probeSchema = resource('Probe', { status: enumOf(['ok', 'unavailable']) })

export default class ProbesController {
  @operation({
    summary: 'The process is alive',
    public: true,
    responses: { 200: probeSchema },
  })
  async live() {
    return { status: 'ok' }
  }

  @operation({
    summary: 'The process can serve requests',
    public: true,
    responses: { 200: probeSchema, 503: probeSchema },
  })
  async ready({ response }: HttpContext) {
    const ready = await databaseAnswers()
    return response.status(ready ? 200 : 503).send({ status: ready ? 'ok' : 'unavailable' })
  }
}
