import { cut, lineOf } from '#transactions/domain/statements/texts'

/** What a file says of one of its statements. */
export interface Statement {
  /** The bank's number for the account, an IBAN where there is one. */
  account: string | null
  currency: string | null
  /** Minor units of the currency. */
  closingBalance: number | null
  /** `YYYY-MM-DD` */
  closingDate: string | null
}

/** More than any bank's number has; what is kept must not grow with what a file says. */
const LONGEST_ACCOUNT = 64
const LONGEST_CODE = 10

/** Further statements of a file are read all the same, and forgotten. */
const MOST_KEPT = 400

/**
 * The statements of a file in its order. A file's rows go to the one account a
 * person chose, so those of any account but its first are another's.
 */
export class StatementLog {
  readonly statements: Statement[] = []
  #current: Statement = blank()
  #first: string | null = null

  begin(account: string | null = null): void {
    this.#current = blank()
    if (this.statements.length < MOST_KEPT) this.statements.push(this.#current)
    if (account !== null) this.name(account)
  }

  /** The current statement is of this account. */
  name(account: string): void {
    this.#current.account = cut(lineOf(account.toWellFormed()), LONGEST_ACCOUNT)
    this.#first ??= keyOf(this.#current.account)
  }

  /** The current statement's; null when it names none. */
  get account(): string | null {
    return this.#current.account
  }

  get currency(): string | null {
    return this.#current.currency
  }

  set currency(code: string | null) {
    this.#current.currency = code && cut(lineOf(code.toWellFormed()), LONGEST_CODE)
  }

  close(balance: number, day: string | null): void {
    this.#current.closingBalance = balance
    this.#current.closingDate = day
  }

  /** Whether rows of the current statement belong to another account than the file's first. */
  get isOtherAccount(): boolean {
    const { account } = this.#current
    return account !== null && keyOf(account) !== this.#first
  }
}

function blank(): Statement {
  return { account: null, currency: null, closingBalance: null, closingDate: null }
}

function keyOf(account: string): string {
  return account.replace(/[\s-]/g, '').toUpperCase()
}
