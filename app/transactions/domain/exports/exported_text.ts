import { Money } from '#core/money/money'
import type { ExportedTransaction } from '#transactions/domain/exports/export_format'
import { isIdentityOf } from '#transactions/domain/identity'
import { isReference } from '#transactions/domain/statements/draft'
import { lineOf } from '#transactions/domain/statements/texts'

type Named = Pick<ExportedTransaction, 'id' | 'externalId'>
type Identified = Named & Pick<ExportedTransaction, 'accountId' | 'identity'>

/** What an import strips of one apostrophe again. */
const NEUTRALIZED = /^'+[=+\-@\t\r]/

/** What a spreadsheet could take for a formula, or what would look as if it had been one. */
const DANGEROUS = /^'*[=+\-@\t\r]/

/**
 * Text that no spreadsheet evaluates: an apostrophe stands before what begins like
 * a formula (OWASP, CSV Injection), and before what begins like such a text.
 */
export function neutralized(text: string): string {
  return DANGEROUS.test(text) ? `'${text}` : text
}

/** The text that `neutralized` was given. */
export function restored(text: string): string {
  return NEUTRALIZED.test(text) ? text.slice(1) : text
}

/** On one line, for formats whose texts have no more. */
export function oneLine(text: string | null): string {
  return lineOf(text ?? '')
}

/** The bank's id, or its own where there is none, or none that survives being read from a file. */
export function exportedBankId({ id, externalId }: Named): string {
  if (externalId === null || !isReference(externalId)) return id
  return lineOf(externalId) === externalId ? externalId : id
}

/**
 * What an import recognises the transaction by where a file has one id for it: the
 * bank's, or its own where it is recognised by something else, as on an account it
 * has moved to.
 */
export function exportedId({ accountId, identity, ...named }: Identified): string {
  const bankId = exportedBankId(named)
  return isIdentityOf(identity, accountId, bankId) ? bankId : named.id
}

/** Major units with the currency's decimals and a point: `-12.99`. */
export function exportedAmount(minor: number, currency: string): string {
  return Money.of(minor, currency).toDecimal()
}
