import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** One line of a bank's statement; `cents` is negative for an expense. */
export interface BankRow {
  bankId: string
  bookedOn: string
  account: string
  payee: string
  notes: string
  category: string
  cents: number
  /** The bank has sent this row before. */
  isDuplicate: boolean
}

interface Habit {
  category: string
  kind: 'income' | 'expense'
  /** How many of a hundred rows. */
  share: number
  cents: [least: number, most: number]
  payees: string[]
}

const HABITS: Habit[] = [
  habit('Salary', 'income', 2, [180_000, 520_000], ['Nordwind AG', 'Œuvre & Fils', '株式会社見本']),
  habit('Side jobs', 'income', 3, [15_000, 210_000], ['Atelier Ñandú', 'Kübler, Söhne & Co']),
  habit(
    'Groceries',
    'expense',
    24,
    [250, 16_000],
    ['Żabka', 'Café Zürich', 'Билла', 'スーパー玉出']
  ),
  habit('Rent', 'expense', 2, [65_000, 170_000], ['Hausverwaltung Müller', 'Immobilien Süd']),
  habit('Utilities', 'expense', 7, [1_900, 21_000], ['Stadtwerke Köln', 'Électricité de France']),
  habit('Transport', 'expense', 13, [140, 11_000], ['SNCF', 'Deutsche Bahn', 'Metro São Paulo']),
  habit(
    'Restaurants',
    'expense',
    17,
    [400, 9_500],
    ['Bäckerei Groß', 'Le Bistrot d’Été', '麺屋武蔵']
  ),
  habit('Health', 'expense', 5, [500, 28_000], ['Apotheke am Markt', 'Dr. Jiří Novák']),
  habit('Leisure', 'expense', 10, [300, 12_500], ['Cinéma Lumière', 'Театр на Таганке']),
  habit('Shopping', 'expense', 10, [600, 38_000], ['Łódź Market', 'Größenwahn', 'IKEA']),
  habit('Travel', 'expense', 3, [4_500, 118_000], ['Hôtel Plaza', 'Türk Hava Yolları']),
  habit('Education', 'expense', 4, [1_000, 48_000], ['Universität Wien', 'Bücher, Thalia']),
]

export const CATEGORIES = HABITS.map(({ category, kind }) => ({ name: category, kind }))
export const ACCOUNTS = ['Checking', 'Savings', 'Credit card'] as const

const FIRST_DAY = Date.UTC(2021, 0, 1)
const DAYS = 5 * 365
const DAY_MS = 24 * 60 * 60 * 1000
const RECENT = 40

/** `count` rows over five years in the order of their days, the same on every machine. */
export function* bankRows(count: number): Generator<BankRow> {
  const below = randomIntegers(count)
  const recent: BankRow[] = []

  for (let number = 0; number < count; number++) {
    if (recent.length === RECENT && below(100) < 2) {
      yield { ...recent[below(RECENT)], isDuplicate: true }
      continue
    }
    const row = freshRow(number, count, below)
    recent.push(row)
    if (recent.length > RECENT) recent.shift()
    yield row
  }
}

/** Writes the rows as a bank exports them; gives how many of them are no duplicates. */
export async function writeStatement(path: string, count: number) {
  let unique = 0
  const lines = function* () {
    yield 'id,date,account,payee,notes,category,amount,currency\n'
    for (const row of bankRows(count)) {
      if (!row.isDuplicate) unique++
      yield `${row.bankId},${row.bookedOn},${row.account},${quoted(row.payee)},${quoted(row.notes)},${row.category},${decimal(row.cents)},EUR\n`
    }
  }
  await pipeline(Readable.from(batched(lines(), 1_000)), createWriteStream(path))
  return unique
}

function freshRow(number: number, count: number, below: (limit: number) => number): BankRow {
  const { category, kind, cents, payees } = pick(below(100))
  const [least, most] = cents
  const size = least + below(most - least)
  const isRefund = kind === 'expense' && below(50) === 0
  const everyday = kind === 'income' ? 'Savings' : 'Credit card'

  return {
    bankId: `B${String(number).padStart(9, '0')}`,
    bookedOn: new Date(FIRST_DAY + Math.floor((number * DAYS) / count) * DAY_MS)
      .toISOString()
      .slice(0, 10),
    account: below(10) < 6 ? 'Checking' : everyday,
    payee: payees[below(payees.length)],
    notes: note(number, below(100)),
    category,
    cents: kind === 'income' || isRefund ? size : -size,
    isDuplicate: false,
  }
}

function pick(percent: number) {
  let passed = 0
  return HABITS.find(({ share }) => (passed += share) > percent)!
}

function note(number: number, percent: number) {
  if (percent < 3) return `Order ${number}, paid by card`
  if (percent === 3) return `They said "thank you" ${number}`
  if (percent === 4) return `First line ${number}\nsecond line`
  return percent < 55 ? '' : `Reference ${number}`
}

/** Numerical Recipes' 32-bit linear congruential generator: integers only, so no rounding differs. */
function randomIntegers(seed: number) {
  let state = seed >>> 0
  return (limit: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
}

function habit(
  category: string,
  kind: Habit['kind'],
  share: number,
  cents: Habit['cents'],
  payees: string[]
): Habit {
  return { category, kind, share, cents, payees }
}

function* batched(lines: Iterable<string>, size: number) {
  let batch: string[] = []
  for (const line of lines) {
    if (batch.push(line) < size) continue
    yield batch.join('')
    batch = []
  }
  yield batch.join('')
}

function quoted(text: string) {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function decimal(cents: number) {
  const digits = String(Math.abs(cents)).padStart(3, '0')
  return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}
