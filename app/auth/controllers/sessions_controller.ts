import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { operation } from '#core/openapi/operation'
import UserTransformer from '#users/transformers/user_transformer'
import SignIn from '#auth/actions/sign_in'
import SignOut from '#auth/actions/sign_out'
import { signedInSchema, tokenPair } from '#auth/transformers/token_pair'
import { loginValidator } from '#auth/validators/session_validators'

@inject()
export default class SessionsController {
  constructor(
    protected signIn: SignIn,
    protected signOut: SignOut
  ) {}

  @operation({
    summary: 'Sign in',
    public: true,
    request: { body: loginValidator },
    responses: { 200: signedInSchema },
    errors: ['InvalidCredentials', 'OtpRequired', 'AccountLocked'],
  })
  async store({ request }: HttpContext) {
    const { user, renewal } = await this.signIn.handle({
      ...(await request.validateUsing(loginValidator)),
      ip: request.ip(),
      userAgent: request.header('user-agent') ?? null,
    })
    return {
      ...(await tokenPair(user, renewal)),
      user: UserTransformer.transform(user),
    }
  }

  @operation({
    summary: 'Sign out',
    description: 'Ends this session at once, its access tokens included.',
    responses: { 204: null },
  })
  async destroy({ auth, response }: HttpContext) {
    const guard = auth.use('jwt')
    await this.signOut.handle({ actor: guard.getUserOrFail(), sessionId: guard.sessionId! })
    return response.noContent()
  }
}
