import { Problem } from '#core/http/problem'

export default class InvalidCredentials extends Problem {
  constructor() {
    super({
      status: 401,
      code: 'InvalidCredentials',
      title: 'Invalid credentials',
      detail: 'The e-mail address or the password is wrong.',
    })
  }
}
