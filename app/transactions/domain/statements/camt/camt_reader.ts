import { currency as currencyOf, isCurrency } from '#core/money/currency'
import { readExactAmount } from '#transactions/domain/statements/amounts'
import { ENTRY_ELEMENTS, rowsOf } from '#transactions/domain/statements/camt/camt_entry'
import {
  Malformed,
  XmlUnits,
  type UnitHandler,
  type XmlElement,
} from '#transactions/domain/statements/camt/xml_units'
import { readDate } from '#transactions/domain/statements/dates'
import { brokenText } from '#transactions/domain/statements/draft'
import { decoderFor, type TextDecoding } from '#transactions/domain/statements/encoding'
import { rowOf, type Draft, type ReadRow } from '#transactions/domain/statements/read_row'
import { Rejection } from '#transactions/domain/statements/rejection'
import { SourceWindow } from '#transactions/domain/statements/source_window'
import { StatementLog } from '#transactions/domain/statements/statement_log'
import { StatementRefused } from '#transactions/domain/statements/statement_refused'
import type { StatementReader } from '#transactions/domain/statements/statement_reader'

/** A statement, a report within the day, a notification: what a file holds several of. */
const STATEMENTS = new Set(['Stmt', 'Rpt', 'Ntfctn'])
const UNITS = new Set(['Acct', 'Bal', 'Ntry'])
const ELEMENTS = new Set([...ENTRY_ELEMENTS, 'Id', 'IBAN', 'Othr', 'Ccy', 'Tp', 'CdOrPrtry'])
/** Closing, and closing as of now, from reports within the day. */
const CLOSING = new Set(['CLBD', 'ITBD'])

/** In UTF-16 units, of one entry with all transactions of its batch. */
const LONGEST_ENTRY = 16_777_216

/** Reads CAMT.052, .053 and .054 of any version, several statements in one file. */
export class CamtReader implements StatementReader, UnitHandler {
  readonly #decoder: TextDecoding
  readonly #units = new XmlUnits(this, ELEMENTS)
  readonly #source = new SourceWindow()
  readonly #log = new StatementLog()
  #rows: ReadRow[] = []
  #number = 0
  #isOver = false

  constructor(encoding: string) {
    this.#decoder = decoderFor(encoding)
  }

  get statements() {
    return this.#log.statements
  }

  push(bytes: Uint8Array): ReadRow[] {
    this.#read(this.#decoder.write(bytes))
    return this.#take()
  }

  end(): ReadRow[] {
    this.#read(this.#decoder.end())
    if (!this.#isOver && !this.#units.isComplete) this.#giveUp('cut')
    return this.#take()
  }

  isUnit(name: string, parent: string | undefined): boolean {
    if (STATEMENTS.has(name)) this.#log.begin()
    return parent !== undefined && STATEMENTS.has(parent) && UNITS.has(name)
  }

  opened(_name: string, start: number): void {
    this.#source.mark(start)
  }

  closed(unit: XmlElement | null, end: number): void {
    if (unit?.name === 'Acct') this.#name(unit)
    else if (unit?.name === 'Bal') this.#close(unit)
    else this.#book(unit, end)
    this.#source.release()
  }

  #read(text: string): void {
    if (this.#isOver) return
    this.#source.append(text)
    try {
      this.#units.push(text)
    } catch (error) {
      if (!(error instanceof Malformed)) throw error
      this.#giveUp('malformed')
    }
    if (this.#source.length > LONGEST_ENTRY) {
      throw new StatementRefused('tooLong', 'One entry of the file is longer than 16 MiB')
    }
  }

  #take(): ReadRow[] {
    const rows = this.#rows
    this.#rows = []
    return rows
  }

  #giveUp(reason: 'cut' | 'malformed'): void {
    this.#isOver = true
    this.#add(new Rejection(null, reason), this.#source.marked(this.#units.position))
    this.#source.release()
  }

  #name(account: XmlElement): void {
    const number = account.textOf('Id', 'IBAN') || account.textOf('Id', 'Othr', 'Id')
    if (number) this.#log.name(number)
    this.#log.currency = account.textOf('Ccy') || this.#log.currency
  }

  #close(balance: XmlElement): void {
    const code = balance.find('Amt')?.attributes.Ccy ?? ''
    if (!CLOSING.has(balance.textOf('Tp', 'CdOrPrtry', 'Cd')) || !isCurrency(code)) return
    this.#log.currency ??= code
    const amount = readExactAmount(balance.textOf('Amt'), currencyOf(code))
    if (typeof amount !== 'number') return
    const day = (balance.textOf('Dt', 'Dt') || balance.textOf('Dt', 'DtTm')).slice(0, 10)
    const sign = balance.textOf('CdtDbtInd') === 'DBIT' ? -1 : 1
    this.#log.close(sign * amount + 0, readDate(day, 'YMD'))
  }

  #book(entry: XmlElement | null, end: number): void {
    const raw = this.#source.marked(end)
    const refused = this.#refuse(entry, raw)
    if (refused || entry === null) {
      this.#add(refused ?? new Rejection(null, 'tooLong'), raw)
      return
    }
    for (const { read, source } of rowsOf(entry)) {
      this.#add(read, source === entry ? raw : this.#source.slice(source.start, source.end))
    }
  }

  #refuse(entry: XmlElement | null, raw: string): Rejection | null {
    if (entry === null) return new Rejection(null, 'tooLong')
    if (this.#log.isOtherAccount) return new Rejection('account', 'otherAccount')
    return brokenText(raw)
  }

  #add(read: Draft | Rejection, raw: string): void {
    this.#rows.push(rowOf(++this.#number, read, raw))
  }
}
