import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { operation } from '#core/openapi/operation'
import ChangePassword from '#auth/actions/change_password'
import { changePasswordValidator } from '#auth/validators/credential_validators'

@inject()
export default class PasswordsController {
  constructor(protected changePassword: ChangePassword) {}

  @operation({
    summary: 'Change your password',
    description:
      'Ends every session at once, this one included. Wrong current passwords count like those of a sign-in.',
    request: { body: changePasswordValidator },
    responses: { 204: null },
    errors: ['Conflict', 'AccountLocked'],
  })
  async update({ auth, request, response }: HttpContext) {
    await this.changePassword.handle({
      actor: auth.getUserOrFail(),
      ...(await request.validateUsing(changePasswordValidator)),
    })
    return response.noContent()
  }
}
