import { assetPath } from '#core/openapi/assets'
import { NotFound } from '#core/http/problem'
import type { HttpContext } from '@adonisjs/core/http'

/** The scripts and styles of `/docs`, under addresses that change with them. */
export default class DocsAssetsController {
  async show({ params, response }: HttpContext) {
    const path = assetPath(params.file)
    if (path === undefined) {
      throw new NotFound()
    }

    response.header('Cache-Control', 'public, max-age=31536000, immutable')
    return response.download(path)
  }
}
