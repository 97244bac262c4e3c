import { hash } from 'node:crypto'

/** What makes two rows without a bank's id the same row. */
export interface FingerprintedRow {
  bookedOn: string
  amountMinor: number
  currency: string
  payee: string
  description: string
  notes: string
}

/**
 * 16 bytes in hexadecimal (SHA-256, cut) of a row's account, day, amount and
 * text; case and white space of the text do not count.
 */
export function fingerprint(accountId: string, row: FingerprintedRow): string {
  const texts = `${row.payee}\0${row.description}\0${row.notes}`.toLowerCase().replace(/\s+/g, ' ')
  const content = `${accountId}\0${row.bookedOn}\0${row.amountMinor}\0${row.currency}\0${texts}`
  return hash('sha256', content, 'hex').slice(0, 32)
}

/**
 * Counts equal fingerprints within one file: two coffees on one day are the
 * first and the second occurrence, and the same two when the file comes again.
 * About 90 bytes for each different row.
 */
export class OccurrenceCounter {
  readonly #counts = new Map<string, number>()

  /** 1 for the first row of a fingerprint, 2 for the next, and so on. */
  next(rowFingerprint: string): number {
    const key = Buffer.from(rowFingerprint, 'hex').toString('latin1')
    const occurrence = (this.#counts.get(key) ?? 0) + 1
    this.#counts.set(key, occurrence)
    return occurrence
  }
}
