import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { operation } from '#core/openapi/operation'
import RequestPasswordReset from '#auth/actions/request_password_reset'
import ResetPassword from '#auth/actions/reset_password'
import {
  mailRequestValidator,
  resetPasswordValidator,
} from '#auth/validators/credential_validators'

@inject()
export default class PasswordResetsController {
  constructor(
    protected requestPasswordReset: RequestPasswordReset,
    protected resetPassword: ResetPassword
  ) {}

  @operation({
    summary: 'Ask for a new password',
    description: 'The answer is the same for known and unknown addresses.',
    public: true,
    request: { body: mailRequestValidator },
    responses: { 202: null },
  })
  async store({ request, response }: HttpContext) {
    await this.requestPasswordReset.handle(await request.validateUsing(mailRequestValidator))
    return response.status(202).send(null)
  }

  @operation({
    summary: 'Set a new password',
    description:
      'Takes the token of the mail, once and within an hour. Ends every session and lifts a lock.',
    public: true,
    request: { body: resetPasswordValidator },
    responses: { 204: null },
  })
  async update({ request, response }: HttpContext) {
    await this.resetPassword.handle(await request.validateUsing(resetPasswordValidator))
    return response.noContent()
  }
}
