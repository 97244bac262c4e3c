import { Problem } from '#core/http/problem'

export default class InvalidRefreshToken extends Problem {
  constructor() {
    super({
      status: 401,
      code: 'InvalidRefreshToken',
      title: 'Invalid refresh token',
      detail: 'The refresh token is unknown, expired, revoked or was used before. Sign in again.',
    })
  }
}
