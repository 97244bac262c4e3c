import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { operation } from '#core/openapi/operation'
import SignOut from '#auth/actions/sign_out'

@inject()
export default class AllSessionsController {
  constructor(protected signOut: SignOut) {}

  @operation({
    summary: 'Sign out everywhere',
    description: 'Ends every session of the user at once, their access tokens included.',
    responses: { 204: null },
  })
  async destroy({ auth, response }: HttpContext) {
    const guard = auth.use('jwt')
    await this.signOut.handle({
      actor: guard.getUserOrFail(),
      sessionId: guard.sessionId!,
      everywhere: true,
    })
    return response.noContent()
  }
}
