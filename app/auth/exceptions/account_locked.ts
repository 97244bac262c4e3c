import { Problem } from '#core/http/problem'

export default class AccountLocked extends Problem {
  /** @param seconds until the next password is looked at */
  constructor(seconds: number) {
    super({
      status: 423,
      code: 'AccountLocked',
      title: 'The account is locked',
      detail: 'There were too many wrong passwords. Wait, or reset the password.',
      headers: { 'Retry-After': String(Math.max(1, seconds)) },
    })
  }
}
