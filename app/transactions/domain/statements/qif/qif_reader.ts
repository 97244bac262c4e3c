import { currency as currencyOf, type Currency } from '#core/money/currency'
import { brokenText } from '#transactions/domain/statements/draft'
import { decoderFor, type TextDecoding } from '#transactions/domain/statements/encoding'
import type { QifLayout } from '#transactions/domain/statements/qif/qif_layout'
import {
  QifRecords,
  holdsTransactions,
  type QifRecord,
} from '#transactions/domain/statements/qif/qif_records'
import { transactionOf } from '#transactions/domain/statements/qif/qif_transaction'
import { rowOf, type Draft, type ReadRow } from '#transactions/domain/statements/read_row'
import { Rejection } from '#transactions/domain/statements/rejection'
import { StatementLog } from '#transactions/domain/statements/statement_log'
import type { StatementReader } from '#transactions/domain/statements/statement_reader'

/**
 * Reads QIF: the transactions of bank, cash and card accounts, assets and
 * liabilities. Lists (categories, securities, memorised transactions) are no
 * rows; those of investments are rejected. An account has the name that stands
 * before its transactions, else it is known by their type.
 */
export class QifReader implements StatementReader {
  readonly #layout: QifLayout
  readonly #currency: Currency
  readonly #decoder: TextDecoding
  readonly #records = new QifRecords()
  readonly #log = new StatementLog()
  #account = ''
  #current: string | null = null
  #number = 0

  constructor(layout: QifLayout, currencyCode: string) {
    this.#layout = layout
    this.#currency = currencyOf(currencyCode)
    this.#decoder = decoderFor(layout.encoding)
  }

  get statements() {
    return this.#log.statements
  }

  push(bytes: Uint8Array): ReadRow[] {
    return this.#read(this.#records.push(this.#decoder.write(bytes)))
  }

  end(): ReadRow[] {
    const records = this.#records.push(this.#decoder.end())
    return this.#read([...records, ...this.#records.end()])
  }

  #read(records: QifRecord[]): ReadRow[] {
    return records.flatMap((record) => {
      if (record.section === 'account') this.#rename(record.lines)
      const isRow = holdsTransactions(record.section) || record.section === 'invst'
      return isRow ? rowOf(++this.#number, this.#draft(record), record.lines.join('\n')) : []
    })
  }

  #rename(lines: string[]): void {
    this.#account =
      lines
        .find((line) => line.startsWith('N'))
        ?.slice(1)
        .trim() ?? ''
  }

  #draft(record: QifRecord): Draft | Rejection {
    this.#enter(this.#account || record.section)
    if (record.isCut) return new Rejection(null, 'cut')
    if (record.isTooLong) return new Rejection(null, 'tooLong')
    if (record.section === 'invst') return new Rejection(null, 'investment')
    if (this.#log.isOtherAccount) return new Rejection('account', 'otherAccount')
    const broken = brokenText(record.lines.join('\n'))
    return broken ?? transactionOf(record.lines, this.#layout, this.#currency)
  }

  #enter(account: string): void {
    if (account === this.#current) return
    this.#current = account
    this.#log.begin(account)
  }
}
