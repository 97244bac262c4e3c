import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { operation } from '#core/openapi/operation'
import RequestEmailChange from '#auth/actions/request_email_change'
import { changeEmailValidator } from '#auth/validators/credential_validators'

@inject()
export default class EmailChangesController {
  constructor(protected requestEmailChange: RequestEmailChange) {}

  @operation({
    summary: 'Change your e-mail address',
    description:
      'The address changes once the token that is mailed to the new one comes to `POST /auth/verify-email`. The answer is the same when somebody else has it.',
    request: { body: changeEmailValidator },
    responses: { 202: null },
    errors: ['Conflict', 'AccountLocked'],
  })
  async store({ auth, request, response }: HttpContext) {
    await this.requestEmailChange.handle({
      actor: auth.getUserOrFail(),
      ...(await request.validateUsing(changeEmailValidator)),
    })
    return response.status(202).send(null)
  }
}
