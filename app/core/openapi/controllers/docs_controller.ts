import { assetUrl } from '#core/openapi/assets'
import type { HttpContext } from '@adonisjs/core/http'

/** The API document for people: Swagger UI from this server's own files. */
export default class DocsController {
  async show({ response, view }: HttpContext) {
    response.header('Cache-Control', 'no-cache')

    return view.render('pages/docs/show', { assetUrl })
  }
}
