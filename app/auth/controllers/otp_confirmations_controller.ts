import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { operation } from '#core/openapi/operation'
import ConfirmOtp from '#auth/actions/confirm_otp'
import { confirmOtpValidator } from '#auth/validators/session_validators'

@inject()
export default class OtpConfirmationsController {
  constructor(protected confirmOtp: ConfirmOtp) {}

  @operation({
    summary: 'Turn one-time passwords on',
    description: 'With a code of the authenticator that was set up. Ends the other sessions.',
    request: { body: confirmOtpValidator },
    responses: { 204: null },
    errors: ['Conflict'],
  })
  async store({ auth, request, response }: HttpContext) {
    const { otp } = await request.validateUsing(confirmOtpValidator)
    const { user, sessionId } = auth.use('jwt')
    await this.confirmOtp.handle({ actor: user!, sessionId: sessionId!, otp })
    return response.noContent()
  }
}
