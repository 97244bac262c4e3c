import type { HttpContext } from '@adonisjs/core/http'

/** Sends what is JSON already. */
export function sendJson({ response }: HttpContext, json: string) {
  response.header('content-type', 'application/json; charset=utf-8')
  return response.send(json)
}
