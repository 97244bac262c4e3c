import { currency as currencyOf, isCurrency, type Currency } from '#core/money/currency'
import { readExactAmount } from '#transactions/domain/statements/amounts'
import { brokenText } from '#transactions/domain/statements/draft'
import { decoderFor, type TextDecoding } from '#transactions/domain/statements/encoding'
import { balanceOf, entryOf } from '#transactions/domain/statements/mt940/mt940_entry'
import {
  Mt940Fields,
  sourceOf,
  type Mt940Field,
} from '#transactions/domain/statements/mt940/mt940_fields'
import { rowOf, type Draft, type ReadRow } from '#transactions/domain/statements/read_row'
import { Rejection } from '#transactions/domain/statements/rejection'
import { StatementLog } from '#transactions/domain/statements/statement_log'
import type { StatementReader } from '#transactions/domain/statements/statement_reader'

/** In UTF-16 units, of one entry with its details. */
const LONGEST_ENTRY = 65_536

/** Reads MT940, with or without SWIFT's blocks, several statements in one file. */
export class Mt940Reader implements StatementReader {
  readonly #accountCurrency: Currency
  readonly #decoder: TextDecoding
  readonly #fields = new Mt940Fields()
  readonly #log = new StatementLog()
  #rows: ReadRow[] = []
  #number = 0
  #entry: Mt940Field | null = null
  #details: Mt940Field | null = null
  #awaitsBalance = false

  constructor(encoding: string, currencyCode: string) {
    this.#decoder = decoderFor(encoding)
    this.#accountCurrency = currencyOf(currencyCode)
  }

  get statements() {
    return this.#log.statements
  }

  push(bytes: Uint8Array): ReadRow[] {
    return this.#read(this.#fields.push(this.#decoder.write(bytes)))
  }

  end(): ReadRow[] {
    const fields = this.#fields.push(this.#decoder.end())
    return this.#read([...fields, ...this.#fields.end()])
  }

  #read(fields: Mt940Field[]): ReadRow[] {
    for (const field of fields) this.#take(field)
    const rows = this.#rows
    this.#rows = []
    return rows
  }

  #take(field: Mt940Field): void {
    if (field.tag === '86' && this.#entry && !this.#details) {
      this.#details = field
      return
    }
    if (field.tag === '' && this.#awaitsBalance) this.#cut()
    this.#book()
    const [text] = field.lines
    if (field.tag === '20') this.#begin()
    else if (field.tag === '-') this.#awaitsBalance = false
    else if (field.tag.startsWith('25')) this.#log.name(accountOf(text))
    else if (field.tag.startsWith('60')) this.#log.currency = balanceOf(text)?.currency ?? null
    else if (field.tag === '61') this.#entry = field
    else if (field.tag.startsWith('62')) this.#close(text)
  }

  #begin(): void {
    this.#log.begin()
    this.#awaitsBalance = true
  }

  #close(text: string): void {
    this.#awaitsBalance = false
    const balance = balanceOf(text)
    if (!balance || !isCurrency(balance.currency)) return
    const amount = readExactAmount(balance.amount, currencyOf(balance.currency))
    if (typeof amount !== 'number') return
    this.#log.close(balance.isNegative ? 0 - amount : amount, balance.day)
  }

  /** A statement without its closing balance has lost its end. */
  #cut(): void {
    const fields = [this.#entry, this.#details].filter((field) => field !== null)
    this.#entry = null
    this.#details = null
    this.#add(new Rejection(null, 'cut'), fields.map(sourceOf).join('\n'))
  }

  #book(): void {
    const [entry, details] = [this.#entry, this.#details]
    this.#entry = null
    this.#details = null
    if (!entry) return
    const raw = [entry, ...(details ? [details] : [])].map(sourceOf).join('\n')
    this.#add(this.#draft(entry, details, raw), raw)
  }

  #draft(entry: Mt940Field, details: Mt940Field | null, raw: string): Draft | Rejection {
    if (raw.length > LONGEST_ENTRY) return new Rejection(null, 'tooLong')
    if (this.#log.isOtherAccount) return new Rejection('account', 'otherAccount')
    const code = this.#log.currency ?? this.#accountCurrency.code
    if (!isCurrency(code)) return new Rejection('currency', 'unknownCurrency')
    return brokenText(raw) ?? entryOf(entry.lines, details?.lines ?? [], currencyOf(code))
  }

  #add(read: Draft | Rejection, raw: string): void {
    this.#rows.push(rowOf(++this.#number, read, raw))
  }
}

/** The account without the bank's own additions: `IBAN EUR`, `BIC/number`. */
function accountOf(text: string): string {
  return text.trim().replace(/(?<=\d)\s?[A-Z]{3}$/, '')
}
