import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Keyset, PAGE_SIZE } from '#core/http/pagination'
import { operation } from '#core/openapi/operation'
import { list } from '#core/openapi/schema'
import RevokeSession from '#auth/actions/revoke_session'
import { LiveSessions } from '#auth/queries/live_sessions'
import SessionTransformer, { sessionSchema } from '#auth/transformers/session_transformer'
import { listSessionsValidator } from '#auth/validators/credential_validators'

const newestFirst = new Keyset({ id: 'uuid' })

@inject()
export default class LiveSessionsController {
  constructor(
    protected sessions: LiveSessions,
    protected revokeSession: RevokeSession
  ) {}

  @operation({
    summary: 'Where you are signed in',
    request: { query: listSessionsValidator },
    responses: { 200: list(sessionSchema) },
  })
  async index({ auth, caller, request }: HttpContext) {
    const { limit = PAGE_SIZE, cursor } = await request.validateUsing(listSessionsValidator)
    const before = newestFirst.after(cursor)?.id
    await caller.user()
    const { sessionId } = auth.use('jwt')
    const rows = await caller.read((reader) => this.sessions.handle(reader, limit + 1, before))
    const { data, meta } = newestFirst.page(rows, limit)
    const marked = data.map((session) => ({ ...session, current: session.id === sessionId }))
    return { data: SessionTransformer.transform(marked), meta }
  }

  @operation({
    summary: 'Sign out one session',
    description: 'Ends it at once, its access tokens included.',
    responses: { 204: null },
  })
  async destroy({ auth, params, response }: HttpContext) {
    await this.revokeSession.handle({ actor: auth.getUserOrFail(), id: params.id })
    return response.noContent()
  }
}
