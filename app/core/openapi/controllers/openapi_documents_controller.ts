import { publishedDocument } from '#core/openapi/published_document'
import type { HttpContext } from '@adonisjs/core/http'

/** The API document for programs. */
export default class OpenapiDocumentsController {
  async show({ response }: HttpContext) {
    response.header('Content-Type', 'application/json; charset=utf-8')
    response.header('Cache-Control', 'no-cache')

    return response.send(await publishedDocument(), true)
  }
}
