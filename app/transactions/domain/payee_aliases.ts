import { normalPayee } from '#transactions/domain/normal_payee'

/** Names of a statement repeat; more different ones than this are found anew. */
const MOST_REMEMBERED = 10_000

/** What the user calls those whom a bank names, by the normal form of the bank's text. */
export class PayeeAliases {
  readonly #payees: Map<string, string>
  readonly #found = new Map<string, string | null>()

  constructor(aliases: readonly { alias: string; payee: string }[]) {
    this.#payees = new Map(aliases.map(({ alias, payee }) => [alias, payee]))
  }

  /** Null for a text that no alias fits. */
  nameOf(bankPayee: string): string | null {
    if (this.#payees.size === 0) return null
    const known = this.#found.get(bankPayee)
    if (known !== undefined) return known

    const form = normalPayee(bankPayee)
    const name = form === null ? null : (this.#payees.get(form) ?? null)
    if (this.#found.size < MOST_REMEMBERED) this.#found.set(bankPayee, name)
    return name
  }
}
