import type { HttpContext } from '@adonisjs/core/http'
import { recordOf } from '#core/database/records'
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
  async show({ caller, params, response }: HttpContext) {
    const file = await caller.read((reader) => recordOf(reader, File, params.id))
    const address = await addressOf(file)
    if (address) return response.status(302).header('location', address).send(null)

    response.header('content-type', file.mimeType)
    response.header('content-length', file.size)
    response.header('content-disposition', attachment(file.name))
    return response.stream(await bytesOf(file))
  }
}
