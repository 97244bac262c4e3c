import { currency as currencyOf, isCurrency, type Currency } from '#core/money/currency'
import { accountIdOf } from '#transactions/domain/exports/account_number'
import { readExactAmount } from '#transactions/domain/statements/amounts'
import { readDate } from '#transactions/domain/statements/dates'
import { brokenText } from '#transactions/domain/statements/draft'
import { decoderFor, type TextDecoding } from '#transactions/domain/statements/encoding'
import { dayOf, transactionOf } from '#transactions/domain/statements/ofx/ofx_transaction'
import { TagScanner, type TagHandler } from '#transactions/domain/statements/ofx/tag_scanner'
import { rowOf, type Draft, type ReadRow } from '#transactions/domain/statements/read_row'
import { Rejection } from '#transactions/domain/statements/rejection'
import { SourceWindow } from '#transactions/domain/statements/source_window'
import { StatementLog } from '#transactions/domain/statements/statement_log'
import type { StatementReader } from '#transactions/domain/statements/statement_reader'

const ROWS = new Set(['STMTTRN', 'STMTTRNP'])
const STATEMENTS = new Set(['STMTRS', 'CCSTMTRS', 'INVSTMTRS'])
const ACCOUNTS = new Set(['BANKACCTFROM', 'CCACCTFROM', 'INVACCTFROM'])
const AGGREGATES = new Set([
  ...ACCOUNTS,
  ...['LEDGERBAL', 'PAYEE', 'EXTDPAYEE', 'CURRENCY', 'ORIGCURRENCY', 'BANKACCTTO', 'CCACCTTO'],
])
/** What ends a row that a bank left open. */
const ENDS = new Set(['BANKTRANLIST', 'BANKTRANLISTP', 'INVTRANLIST', ...STATEMENTS, 'OFX'])

/** In UTF-16 units, of one transaction. */
const LONGEST_ROW = 65_536
/** Text at the end of the source that may turn out to be no part of the row. */
const LONGEST_TAG = 4_096

/**
 * Reads OFX 1 (SGML) and 2 (XML), QFX among them: bank and credit card
 * statements and the cash of investment accounts, several in one file. Values
 * need no closing tags; a transaction that is left open ends where the next begins.
 */
export class OfxReader implements StatementReader, TagHandler {
  readonly #decoder: TextDecoding
  readonly #accountCurrency: Currency
  readonly #scanner = new TagScanner(this)
  readonly #source = new SourceWindow()
  readonly #log = new StatementLog()
  #rows: ReadRow[] = []
  #number = 0
  #isOpen = false
  #isWhole = false
  #row: Map<string, string> | null = null
  #aggregate = ''
  #value: { name: string; text: string } | null = null
  #balance: { amount: string; day: string } = { amount: '', day: '' }

  constructor(encoding: string, currencyCode: string) {
    this.#decoder = decoderFor(encoding)
    this.#accountCurrency = currencyOf(currencyCode)
  }

  get statements() {
    return this.#log.statements
  }

  push(bytes: Uint8Array): ReadRow[] {
    return this.#read(this.#decoder.write(bytes), (text) => this.#scanner.push(text))
  }

  end(): ReadRow[] {
    this.#read(this.#decoder.end(), (text) => this.#scanner.push(text))
    this.#scanner.end()
    this.#closeValue()
    if (this.#row !== null || (this.#isOpen && !this.#isWhole)) {
      this.#add(new Rejection(null, 'cut'), this.#source.marked())
    }
    return this.#take()
  }

  opened(name: string, start: number): void {
    this.#closeValue()
    if (ROWS.has(name)) {
      this.#closeRow(start)
      this.#row = new Map()
      this.#source.mark(start)
    } else if (AGGREGATES.has(name)) {
      this.#aggregate = name
    } else if (STATEMENTS.has(name)) {
      this.#log.begin()
    } else if (name === 'OFX') {
      this.#isOpen = true
      this.#isWhole = false
    } else {
      this.#value = { name, text: '' }
    }
  }

  said(text: string): void {
    if (this.#value && this.#value.text.length < LONGEST_ROW) this.#value.text += text
  }

  closed(name: string, end: number): void {
    this.#closeValue()
    if (name === this.#aggregate) this.#closeAggregate()
    else if (ROWS.has(name) || ENDS.has(name)) this.#closeRow(end)
    if (name === 'OFX') this.#isWhole = true
  }

  #read(text: string, scan: (text: string) => void): ReadRow[] {
    this.#source.append(text)
    scan(text)
    if (this.#source.length > LONGEST_ROW + LONGEST_TAG) this.#closeRow()
    return this.#take()
  }

  #take(): ReadRow[] {
    const rows = this.#rows
    this.#rows = []
    return rows
  }

  #closeValue(): void {
    if (this.#value === null) return
    const { name, text } = this.#value
    this.#value = null
    const value = text.trim()
    const path = this.#aggregate ? `${this.#aggregate}.${name}` : name
    if (this.#row === null) this.#note(name, value)
    else if (!this.#row.has(path)) this.#row.set(path, value)
  }

  /** A value of the statement itself. */
  #note(name: string, value: string): void {
    if (name === 'CURDEF') this.#log.currency = value.toUpperCase()
    else if (name === 'ACCTID' && ACCOUNTS.has(this.#aggregate)) this.#log.name(value)
    else if (this.#aggregate === 'LEDGERBAL' && name === 'BALAMT') this.#balance.amount = value
    else if (this.#aggregate === 'LEDGERBAL' && name === 'DTASOF') this.#balance.day = value
  }

  #closeAggregate(): void {
    if (this.#aggregate === 'LEDGERBAL') {
      const amount = readExactAmount(this.#balance.amount, this.#currency ?? this.#accountCurrency)
      const day = readDate(dayOf(this.#balance.day), 'YMD')
      if (typeof amount === 'number') this.#log.close(amount, day)
      this.#balance = { amount: '', day: '' }
    }
    this.#aggregate = ''
  }

  #closeRow(end?: number): void {
    this.#aggregate = ''
    if (this.#row === null) return
    const raw = this.#source.marked(end)
    this.#add(this.#readRow(this.#row, raw), raw)
    this.#row = null
    this.#source.release()
  }

  #readRow(row: Map<string, string>, raw: string): Draft | Rejection {
    if (raw.length > LONGEST_ROW) return new Rejection(null, 'tooLong')
    const accountId = accountIdOf(this.#log.account ?? '')
    const isElsewhere = this.#log.isOtherAccount
    if (isElsewhere && !accountId) return new Rejection('account', 'otherAccount')
    const currency = this.#currency
    if (currency === null) return new Rejection('currency', 'unknownCurrency')
    const read = brokenText(raw) ?? transactionOf(row, currency, accountId !== null)
    if (read instanceof Rejection || accountId === null) return read
    return { ...read, accountId, isElsewhere }
  }

  /** The statement's currency, the account's when it names none, null when nobody knows it. */
  get #currency(): Currency | null {
    const code = this.#log.currency
    if (code === null) return this.#accountCurrency
    return isCurrency(code) ? currencyOf(code) : null
  }

  #add(read: Draft | Rejection, raw: string): void {
    this.#rows.push(rowOf(++this.#number, read, raw))
  }
}
