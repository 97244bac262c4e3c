import { Problem } from '#core/http/problem'

/** For what a stolen access token must not be enough. */
export default class SignInAgain extends Problem {
  constructor() {
    super({
      status: 403,
      code: 'Forbidden',
      title: 'Not allowed',
      detail: 'You signed in more than ten minutes ago. Sign in again, then repeat this.',
    })
  }
}
