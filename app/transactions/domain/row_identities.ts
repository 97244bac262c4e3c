import { fingerprint, OccurrenceCounter } from '#transactions/domain/fingerprint'
import {
  type Identity,
  identityOfBankId,
  identityOfContent,
  identityOfOccurrence,
  identityOfReference,
} from '#transactions/domain/identity'
import type { Draft } from '#transactions/domain/statements/read_row'

/** What a row is known by, and what else a transaction of it may be known by already. */
export interface RowIdentity {
  identity: Identity
  /** Whatever has one of these is the row: it was read in another way, or by an older Finora. */
  aliases: Identity[]
  /** What has this may be another payment of the same reference: its content decides. */
  doubtful: DoubtfulIdentity | null
}

export interface DoubtfulIdentity {
  identity: Identity
  /** That day and amount are equal is not enough. */
  byPayee: boolean
}

/**
 * Gives each row of a file what it is recognised by when it comes again. The rows
 * are asked for in file order and once each: equal ones without an id are counted,
 * and an id that a file gives to different rows identifies only the first of them.
 * About 100 bytes for each row.
 */
export class RowIdentities {
  readonly #occurrences = new OccurrenceCounter()
  readonly #allOccurrences = new OccurrenceCounter()
  readonly #prints = new Map<string, string>()

  of(accountId: string, draft: Draft): RowIdentity {
    const { externalId } = draft
    return externalId === null
      ? this.#byContent(accountId, draft)
      : this.#byId(accountId, externalId, draft)
  }

  #byContent(accountId: string, draft: Draft): RowIdentity {
    const print = fingerprint(accountId, draft)
    const occurrence = this.#occurrences.next(print)
    this.#allOccurrences.next(print)
    const { ownId, reference } = draft
    const isFirst = occurrence === 1
    return {
      identity: identityOfOccurrence(print, occurrence),
      aliases: ownId ? identitiesOfId(accountId, ownId, draft) : [],
      doubtful:
        reference && isFirst
          ? { identity: identityOfBankId(accountId, reference), byPayee: false }
          : null,
    }
  }

  #byId(accountId: string, externalId: string, draft: Draft): RowIdentity {
    const [byId, byReference] = identitiesOfId(accountId, externalId, draft)
    if (draft.idTrust === 'mapped') {
      return { identity: byId, aliases: [byReference], doubtful: null }
    }

    const print = fingerprint(accountId, draft)
    const isDoubtful = draft.idTrust === 'doubtful'
    const base = isDoubtful ? byReference : byId
    const isGuessed = draft.idTrust !== undefined
    const aliases = isGuessed || draft.ownId ? [this.#occurrence(print)] : []
    if (draft.ownId) aliases.push(byReference)
    if (this.#isOfAnother(base, print)) {
      const doubtful = isDoubtful ? null : { identity: base, byPayee: true }
      return { identity: identityOfContent(base, print), aliases, doubtful }
    }
    const doubtful = isDoubtful ? { identity: byId, byPayee: false } : null
    return { identity: base, aliases, doubtful }
  }

  #occurrence(print: string): Identity {
    return identityOfOccurrence(print, this.#allOccurrences.next(print))
  }

  /** Whether a row before had the same id and was another one. */
  #isOfAnother(identity: Identity, print: string) {
    const key = packed(identity)
    const first = this.#prints.get(key)
    if (first === undefined) this.#prints.set(key, packed(print.slice(0, 16)))
    return first !== undefined && first !== packed(print.slice(0, 16))
  }
}

function identitiesOfId(accountId: string, id: string, draft: Draft): [Identity, Identity] {
  return [identityOfBankId(accountId, id), identityOfReference(accountId, id, draft)]
}

function packed(hexadecimal: string) {
  return Buffer.from(hexadecimal, 'hex').toString('latin1')
}
