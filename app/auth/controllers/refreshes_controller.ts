import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { operation } from '#core/openapi/operation'
import RefreshSession from '#auth/actions/refresh_session'
import { tokenPair, tokenPairSchema } from '#auth/transformers/token_pair'
import { refreshValidator } from '#auth/validators/session_validators'

@inject()
export default class RefreshesController {
  constructor(protected refreshSession: RefreshSession) {}

  @operation({
    summary: 'Exchange a refresh token',
    description:
      'Each refresh token works once. One that was used before revokes the whole session: it has been copied.',
    public: true,
    request: { body: refreshValidator },
    responses: { 200: tokenPairSchema },
    errors: ['InvalidRefreshToken'],
  })
  async store({ arrivedAt, request }: HttpContext) {
    const payload = await request.validateUsing(refreshValidator)
    const { user, renewal } = await this.refreshSession.handle({ ...payload, arrivedAt })
    return tokenPair(user, renewal)
  }
}
