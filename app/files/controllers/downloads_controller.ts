import type { HttpContext } from '@adonisjs/core/http'
import { tenant } from '#core/database/tenant'
import { attachment } from '#core/http/content_disposition'
import { operation } from '#core/openapi/operation'
import { text } from '#core/openapi/schema'
import File from '#files/models/file'
import { addressOf, bytesOf } from '#files/services/downloads'

const headers = {
  'Content-Disposition': 'Always an attachment, with the name of the file',
  'X-Content-Type-Options': '`nosniff`',
}

export default class DownloadsController {
  @operation({
    summary: 'Download a file',
    description:
      'The bytes with their stored type, or a redirect to where S3 hands them out for five minutes.',
    responses: {
      200: { schema: text({ format: 'binary' }), contentType: '*/*', headers },
      302: { schema: null, headers: { Location: 'Good for five minutes; do not send the token' } },
    },
  })
  async show({ auth, params, response }: HttpContext) {
    const file = await tenant.transaction(auth.getUserOrFail().id, (trx) =>
      File.findOrFail(params.id, { client: trx })
    )
    const address = await addressOf(file)
    if (address) return response.status(302).header('location', address).send(null)

    response.header('content-type', file.mimeType)
    response.header('content-length', file.size)
    response.header('content-disposition', attachment(file.name))
    return response.stream(await bytesOf(file))
  }
}
