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

/** By its content, and by which of several equal rows of one file it is. */
export function identityOfOccurrence(fingerprint: string, occurrence: number): Identity {
  return fingerprint.slice(0, 26) + occurrence.toString(16).padStart(6, '0')
}
