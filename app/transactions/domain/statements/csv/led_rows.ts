import { isLedByRejections, REJECTED_LEAD } from '#transactions/domain/exports/rejected_columns'
import type { Dialect } from '#transactions/domain/statements/csv/dialect'
import { messageOf } from '#transactions/domain/statements/rejection'

export interface LedDialect extends Dialect {
  /** How many cells stand in front of those of the bank. */
  readonly lead: number
  /** In the file that the rows are from, a credit with a minus was none. */
  readonly refusesNegativeCredits: boolean
}

/** What the header says of columns that had none. */
const NUMBERED = /^#\d+$/

/**
 * A file of rejected rows as the one they are from: what was wrong with each stands in front
 * of its cells, and nothing is read from there.
 */
export function withoutLead(dialect: Dialect): LedDialect {
  const { headers, cells, sample, preambleLines } = dialect
  if (headers === null || !isLedByRejections(headers)) {
    return { ...dialect, lead: 0, refusesNegativeCredits: false }
  }
  const lead = REJECTED_LEAD.length
  const own = headers.slice(lead)
  const isNumbered = own.every((header) => NUMBERED.test(header))
  const refusal = messageOf('negativeCredit', 'debit')
  return {
    ...dialect,
    lead,
    refusesNegativeCredits: sample.some((row) => row[REJECTED_LEAD.indexOf('reason')] === refusal),
    headers: isNumbered ? null : own,
    preambleLines: preambleLines + (isNumbered ? 1 : 0),
    cells: { least: cells.least - lead, most: cells.most - lead },
    sample: sample.map((row) => row.slice(lead)),
  }
}

/** The header of columns that have none, as mappings name them. */
export function numbered(columns: number): string[] {
  return Array.from({ length: columns }, (_, index) => `#${index + 1}`)
}
