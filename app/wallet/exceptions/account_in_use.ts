import { Problem } from '#core/http/problem'

export default class AccountInUse extends Problem {
  constructor() {
    super({
      status: 409,
      code: 'Conflict',
      title: 'Account in use',
      detail:
        'The account holds transactions, or a file is being imported into it. Archive it instead.',
    })
  }
}
