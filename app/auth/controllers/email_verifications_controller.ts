import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { operation } from '#core/openapi/operation'
import RequestVerification from '#auth/actions/request_verification'
import VerifyEmail from '#auth/actions/verify_email'
import { mailRequestValidator, verifyEmailValidator } from '#auth/validators/credential_validators'

@inject()
export default class EmailVerificationsController {
  constructor(
    protected requestVerification: RequestVerification,
    protected verifyEmail: VerifyEmail
  ) {}

  @operation({
    summary: 'Send the verification again',
    description: 'The answer is the same for known, unknown and verified addresses.',
    public: true,
    request: { body: mailRequestValidator },
    responses: { 202: null },
  })
  async store({ request, response }: HttpContext) {
    await this.requestVerification.handle(await request.validateUsing(mailRequestValidator))
    return response.status(202).send(null)
  }

  @operation({
    summary: 'Verify an e-mail address',
    description:
      'Takes the token of the mail, once and within 24 hours: after a registration, or for the new address of `POST /users/me/email`.',
    public: true,
    request: { body: verifyEmailValidator },
    responses: { 204: null },
    errors: ['EmailTaken'],
  })
  async update({ request, response }: HttpContext) {
    await this.verifyEmail.handle(await request.validateUsing(verifyEmailValidator))
    return response.noContent()
  }
}
