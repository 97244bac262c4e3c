import { createHash } from 'node:crypto'
import { bodies } from '#config/bodyparser'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { readBody } from '#core/http/body/read_body'
import { parseForm } from '#core/http/body/form_parser'
import { parseJson, type Json } from '#core/http/body/json_parser'
import { accepts } from '#core/http/body/accepts_middleware'
import { announcesBody, contentType } from '#core/http/body/content_type'
import { MalformedRequest, UnsupportedMediaType } from '#core/http/problem'

/**
 * Reads the query and the body of every request before anything else sees them.
 * The API takes JSON, pages outside it take HTML forms; a multipart body is left
 * to `readMultipart` on the routes that accept one (see `AcceptsMiddleware`).
 */
export default class InputMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    const { request } = ctx
    if (request.parsedUrl.pathname?.includes('\0')) {
      throw new MalformedRequest('The URL has a NUL character.')
    }
    request.updateQs(parseForm(request.parsedUrl.query ?? ''))
    if (announcesBody(request.request.headers)) {
      await this.#readBody(ctx)
    }
    return next()
  }

  async #readBody(ctx: HttpContext) {
    const { request } = ctx
    const accepted = accepts(ctx.route)
    switch (contentType(request.request.headers)) {
      case 'json':
        return this.#readJson(ctx, accepted === 'bulk' ? bodies.bulk : bodies.json)
      case 'form':
        if (!isApi(ctx)) {
          return this.#readForm(ctx)
        }
        break
      case 'multipart':
        if (accepted === 'multipart') {
          return
        }
    }
    throw new UnsupportedMediaType(
      accepted === 'multipart' ? 'Send multipart/form-data.' : 'Send application/json.'
    )
  }

  async #readJson(ctx: HttpContext, limit: number) {
    const { request } = ctx
    const bytes = await readBody(request.request, limit)
    if (bytes.length === 0) {
      return
    }
    const body: Json = parseJson(bytes, bodies.depth)
    if (typeof body !== 'object' || body === null) {
      throw new MalformedRequest('The body must be an object or a list.')
    }
    request.updateBody(body)
    if (request.header('idempotency-key') !== undefined) {
      ctx.bodyDigest = createHash('sha256').update(bytes).digest()
    }
  }

  async #readForm({ request }: HttpContext) {
    const bytes = await readBody(request.request, bodies.json)
    request.setInitialBody(parseForm(bytes.toString('utf8')))
  }
}

function isApi({ request }: HttpContext) {
  return request.url().startsWith('/api/')
}
