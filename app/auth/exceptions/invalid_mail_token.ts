import { ValidationFailed } from '#core/http/problem'

export default class InvalidMailToken extends ValidationFailed {
  constructor() {
    super([
      {
        field: 'token',
        rule: 'token',
        message: 'The token is unknown, expired or was used before: ask for another mail',
      },
    ])
  }
}
