import { Problem } from '#core/http/problem'

export default class OtpRequired extends Problem {
  constructor() {
    super({
      status: 401,
      code: 'OtpRequired',
      title: 'A one-time password is required',
      detail: 'Repeat the sign-in with `otp`: the code of your authenticator, or a recovery code.',
    })
  }
}
