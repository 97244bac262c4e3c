import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { operation } from '#core/openapi/operation'
import * as s from '#core/openapi/schema'
import RemoveOtp from '#auth/actions/remove_otp'
import StartOtp from '#auth/actions/start_otp'

const otpEnrolmentSchema = s.resource('OtpEnrolment', {
  secret: s.text({ description: 'Base32, for those who type it' }),
  otpauthUrl: s.text({ format: 'uri', description: 'For a QR code' }),
  recoveryCodes: s.array(s.text(), {
    description: 'Each signs you in once as `otp` without the authenticator. Not shown again.',
  }),
})

@inject()
export default class OtpEnrolmentsController {
  constructor(
    protected startOtp: StartOtp,
    protected removeOtp: RemoveOtp
  ) {}

  @operation({
    summary: 'Set up an authenticator',
    description:
      'In the first ten minutes of a session. Takes effect with `POST /auth/otp/confirm`.',
    responses: { 201: otpEnrolmentSchema },
    errors: ['Forbidden', 'Conflict'],
    idempotent: true,
  })
  async store({ auth, response }: HttpContext) {
    const { user, sessionId } = auth.use('jwt')
    return response.created(await this.startOtp.handle({ actor: user!, sessionId: sessionId! }))
  }

  @operation({
    summary: 'Turn one-time passwords off',
    description: 'In the first ten minutes of a session. Ends the other sessions.',
    responses: { 204: null },
    errors: ['Forbidden', 'NotFound'],
  })
  async destroy({ auth, response }: HttpContext) {
    const { user, sessionId } = auth.use('jwt')
    await this.removeOtp.handle({ actor: user!, sessionId: sessionId! })
    return response.noContent()
  }
}
