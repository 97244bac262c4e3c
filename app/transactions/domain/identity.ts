import { hash } from 'node:crypto'

/**
 * What a transaction is recognised by when it comes again: 16 bytes in
 * hexadecimal, unique among the transactions of a user. One narrow key for both
 * ways of recognising keeps the search for 5,000 rows of a file to one descent
 * of one small index each.
 */
export type Identity = string

/** By the bank's id, within its account. */
export function identityOfBankId(accountId: string, externalId: string): Identity {
  return hash('sha256', `${accountId}\0${externalId}`, 'hex').slice(0, 32)
}

/** By an id that may come again with another payment, so day and amount (minor units) are part of it. */
export function identityOfReference(
  accountId: string,
  reference: string,
  { bookedOn, amountMinor }: { bookedOn: string; amountMinor: number }
): Identity {
  const content = `${accountId}\0${reference}\0${bookedOn}\0${amountMinor}`
  return hash('sha256', content, 'hex').slice(0, 32)
}

/** By an id that its file has given to another row before, and by its own content. */
export function identityOfContent(identity: Identity, fingerprint: string): Identity {
  return hash('sha256', `${identity}\0${fingerprint}`, 'hex').slice(0, 32)
}

/** Whether the bank's id is what it is recognised by: not once it has moved to another account. */
export function isIdentityOf(identity: Identity | null, accountId: string, externalId: string) {
  return identity !== null && plain(identity) === identityOfBankId(accountId, externalId)
}

/** By its content, and by which of several equal rows of one file it is. */
export function identityOfOccurrence(fingerprint: string, occurrence: number): Identity {
  return fingerprint.slice(0, 26) + occurrence.toString(16).padStart(6, '0')
}

/** The identities of a row's fingerprint or bank id, whichever occurrence they are. */
export function identitiesAlike(identity: Identity): { first: Identity; last: Identity } {
  const stem = stemOf(identity)
  return { first: `${stem}000000`, last: `${stem}ffffff` }
}

/**
 * The identity of a row that a person says is another one than the transaction
 * with its identity: the first occurrence from the second on that is not taken.
 */
export function nextIdentity(identity: Identity, taken: Identity[]): Identity {
  const known = new Set(taken.map(plain))
  for (let occurrence = 2; ; occurrence++) {
    const next = identityOfOccurrence(stemOf(identity), occurrence)
    if (!known.has(next)) return next
  }
}

function stemOf(identity: Identity) {
  return plain(identity).slice(0, 26)
}

/** As Postgres shows it, an identity has the hyphens of a UUID. */
function plain(identity: Identity) {
  return identity.replaceAll('-', '')
}
