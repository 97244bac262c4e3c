import type { HttpContext } from '@adonisjs/core/http'
import { cacheAnswers, databaseAnswers } from '#core/health/dependencies'
import { operation } from '#core/openapi/operation'
import * as s from '#core/openapi/schema'

const connection = s.enumOf(['connected', 'disconnected'])
const healthSchema = s.resource('Health', {
  status: s.enumOf(['ok', 'degraded']),
  database: connection,
  cache: connection,
  timestamp: s.instant(),
})

export default class HealthController {
  @operation({
    summary: 'How Finora is',
    description: 'Without Redis it is degraded and works; without Postgres it answers 503.',
    public: true,
    responses: { 200: healthSchema, 503: healthSchema },
  })
  async show({ response }: HttpContext) {
    const [database, cache] = await Promise.all([databaseAnswers(), cacheAnswers()])
    response.header('cache-control', 'no-store')
    return response.status(database ? 200 : 503).send({
      status: database && cache ? 'ok' : 'degraded',
      database: database ? 'connected' : 'disconnected',
      cache: cache ? 'connected' : 'disconnected',
      timestamp: new Date().toISOString(),
    })
  }
}
