import { Problem } from '#core/http/problem'

export default class EmailTaken extends Problem {
  constructor() {
    super({
      status: 409,
      code: 'EmailTaken',
      title: 'E-mail address taken',
      detail: 'Somebody has already registered with this e-mail address.',
    })
  }
}
