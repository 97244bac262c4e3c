import type { Draft, ReadRow } from '#transactions/domain/statements/read_row'
import { messageOf } from '#transactions/domain/statements/rejection'
import type { PayeeAliases } from '#transactions/domain/payee_aliases'
import type { PayeeRules } from '#transactions/domain/payee_rules'
import { RowIdentities, type RowIdentity } from '#transactions/domain/row_identities'

export interface KnownAccount {
  id: string
  currency: string
}

/** A part of a row that is split; `amount` is in minor units. */
export interface PlannedSplit {
  categoryId: string | null
  amount: number
}

/** A row that can be booked unless it is known already. */
export interface Candidate extends RowIdentity {
  number: number
  draft: Draft
  accountId: string
  categoryId: string | null
  payee: string
  /** What the file calls the payee, where an alias or a rule has given another. */
  bankPayee: string | null
  tags: string[]
  splits: PlannedSplit[]
  /** An export names an account that is none of the user's. */
  isStray: boolean
  /** Something to know about a row that is booked all the same. */
  remark: 'unknownCategory' | null
  raw: string
}

export interface Refusal {
  number: number
  field: string | null
  reason: string
  message: string
  raw: string
}

/** Names in the user's ledger; whoever makes missing ones adds them here. */
export interface Names {
  /** An account of that name; `ambiguous` when several have it. */
  accountOf(id: string): KnownAccount | null
  account(name: string, currency: string): KnownAccount | 'ambiguous' | null
  category(name: string, kind: 'income' | 'expense'): string | null
}

interface Settings {
  account: KnownAccount
  names: Names
  payees: PayeeAliases
  rules: PayeeRules
  /** A name nobody has is an error when the person mapped the column, and a bank's remark when it was guessed. */
  accountsAreMapped: boolean
}

/** Decides for each row of a file which account, category and identity it has. */
export class ImportPlan {
  readonly #settings: Settings
  readonly #identities = new RowIdentities()

  constructor(settings: Settings) {
    this.#settings = settings
  }

  /** Rows in file order; each is seen once, those of a resumed import included. */
  place(row: ReadRow): Candidate | Refusal {
    if (!row.ok) return row

    const { draft, number, raw } = row
    const account = this.#accountOf(draft)
    if (typeof account === 'string') {
      return { number, raw, field: 'account', reason: account, message: REFUSALS[account] }
    }
    if (draft.currency !== account.currency) {
      const message = `The account is in ${account.currency}, the row in ${draft.currency}`
      return { number, raw, field: 'currency', reason: 'otherCurrency', message }
    }
    return this.#candidate(row, account)
  }

  #accountOf(draft: Draft) {
    const { names, account, accountsAreMapped } = this.#settings
    const { accountId, accountName, isElsewhere } = draft
    const exportedOf = accountId === undefined ? null : names.accountOf(accountId)
    if (exportedOf) return exportedOf
    if (isElsewhere) return 'otherAccount' as const
    if (accountName === null) return account

    const named = names.account(accountName, draft.currency)
    if (named === 'ambiguous') return 'ambiguousAccount' as const
    if (named) return named
    return accountsAreMapped || isOfRenamed(draft) ? ('unknownAccount' as const) : account
  }

  #candidate({ draft, number, raw }: ReadRow & { ok: true }, account: KnownAccount): Candidate {
    const { categoryName } = draft
    const isOfExport = draft.accountIsOwn === true && draft.accountName !== null
    const kind = draft.amountMinor > 0 ? 'income' : 'expense'
    const own = categoryName === null ? null : this.#settings.names.category(categoryName, kind)
    const known = this.#settings.payees.nameOf(draft.payee) ?? draft.payee
    const outcome = this.#settings.rules.apply({
      payee: known,
      bankPayee: known === draft.payee ? null : draft.payee,
      description: draft.description,
      notes: draft.notes,
      tags: draft.tags,
      amountMinor: draft.amountMinor,
      accountId: account.id,
      fixed: own === null ? [] : ['category'],
    })
    const categoryId = own ?? outcome.categoryId ?? null
    const payee = outcome.payee ?? known

    return {
      number,
      draft,
      accountId: account.id,
      categoryId,
      payee,
      bankPayee: payee === draft.payee ? null : draft.payee,
      isStray: isOfExport && account === this.#settings.account,
      tags: outcome.tags.length > 0 ? [...new Set([...draft.tags, ...outcome.tags])] : draft.tags,
      splits: this.#splitsOf(draft, kind),
      ...this.#identities.of(account.id, draft),
      remark: categoryName !== null && own === null ? 'unknownCategory' : null,
      raw,
    }
  }

  #splitsOf({ splits }: Draft, kind: 'income' | 'expense'): PlannedSplit[] {
    if (!splits?.length) return NO_SPLITS
    const { names } = this.#settings
    return splits.map(({ categoryName: name, amount }) => ({
      categoryId: name === null ? null : names.category(name, kind),
      amount,
    }))
  }
}

/** Nothing but the name of its account tells what a row of an older export was. */
function isOfRenamed({ accountIsOwn, externalId, ownId }: Draft) {
  return accountIsOwn === true && externalId !== null && ownId === undefined
}

export function isSplit(placed: Candidate | Refusal): placed is Candidate {
  return !isRefusal(placed) && placed.splits.length > 0
}

export function isRefusal(placed: Candidate | Refusal): placed is Refusal {
  return 'reason' in placed
}

const NO_SPLITS: PlannedSplit[] = []

export const REFUSALS = {
  unknownAccount: 'No account has this name',
  ambiguousAccount: 'Several accounts have this name',
  otherAccount: messageOf('otherAccount', 'account'),
}
