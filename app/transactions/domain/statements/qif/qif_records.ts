import { LineSplitter, MAX_LINE_LENGTH } from '#transactions/domain/statements/line_splitter'

/** The lines of one record, its end not among them, and what it is a record of. */
export interface QifRecord {
  /** Of `!Type:Bank` it is `bank`, of `!Account` `account`. */
  section: string
  lines: string[]
  /** Nothing ends it: the file or its section stops in the middle. */
  isCut: boolean
  isTooLong: boolean
}

const MOST_LINES = 1_000

/**
 * Cuts QIF into records, which end with `^`. Without a `!Type` they are transactions of a
 * bank account, as are those behind an `!Account` that look like none.
 */
export class QifRecords {
  readonly #splitter = new LineSplitter()
  #section = 'bank'
  #lines: string[] = []
  #isTooLong = false

  push(text: string): QifRecord[] {
    return this.#splitter.push(text).flatMap((line) => this.#take(line))
  }

  end(): QifRecord[] {
    const { complete, last } = this.#splitter.end()
    const lines = last === null ? complete : [...complete, last]
    return [...lines.flatMap((line) => this.#take(line)), ...this.#close(true)]
  }

  #take(line: string): QifRecord[] {
    if (line.startsWith('!')) return this.#begin(line)
    if (line.startsWith('^')) return this.#close(false)
    if (line.trim() === '') return []
    if (line.length > MAX_LINE_LENGTH || this.#lines.length === MOST_LINES) this.#isTooLong = true
    else this.#lines.push(line)
    return []
  }

  #begin(line: string): QifRecord[] {
    const cut = this.#close(true)
    const name = line.slice(1).trim().toLowerCase()
    const isSetting = /^(?:option|clear):/.test(name)
    if (!isSetting) this.#section = name.replace(/^type:\s*/, '')
    return cut
  }

  #close(isCut: boolean): QifRecord[] {
    if (this.#lines.length === 0 && !this.#isTooLong) return []
    const record = {
      section: this.#section === 'account' && isTransaction(this.#lines) ? 'bank' : this.#section,
      lines: this.#lines,
      isCut,
      isTooLong: this.#isTooLong,
    }
    this.#lines = []
    this.#isTooLong = false
    return [record]
  }
}

/** Whether records of the section are transactions of an account with a balance. */
export function holdsTransactions(section: string): boolean {
  return ['bank', 'cash', 'ccard', 'oth a', 'oth l'].includes(section)
}

/** Whether the lines are those of a transaction, whatever they stand under: a day and an amount. */
export function isTransaction(lines: readonly string[]): boolean {
  const says = (pattern: RegExp) => lines.some((line) => pattern.test(line))
  return (
    lines.every((line) => /^[A-Z$%]/.test(line)) && says(/^D\s*\d/) && says(/^[TU]\s*[-+]?[.,]?\d/)
  )
}
