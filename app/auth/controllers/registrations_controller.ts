import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { operation } from '#core/openapi/operation'
import RegisterUser from '#users/actions/register_user'
import UserTransformer, { userSchema } from '#users/transformers/user_transformer'
import { registerValidator } from '#auth/validators/session_validators'

@inject()
export default class RegistrationsController {
  constructor(protected registerUser: RegisterUser) {}

  @operation({
    summary: 'Register',
    public: true,
    request: { body: registerValidator },
    responses: { 201: userSchema },
    errors: ['EmailTaken'],
  })
  async store({ request, response }: HttpContext) {
    const user = await this.registerUser.handle(await request.validateUsing(registerValidator))
    return response.created(UserTransformer.transform(user))
  }
}
