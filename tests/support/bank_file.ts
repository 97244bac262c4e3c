/** One row of a bank's file, and what is to become of it. */
export interface BankRow {
  id: string
  date: string
  account: string
  payee: string
  notes: string
  category: string
  /** Minor units. */
  amount: number
}

export interface BankFile {
  csv: string
  /** The rows a ledger ends up with: each bank id once. */
  rows: BankRow[]
  total: number
  duplicates: number
}

const ACCOUNTS = ['Everyday', 'Reserve', 'Card']
const SHOPS = [
  ['Bäckerei Süß', 'Dining'],
  ['Smith, Jones & Co', 'Shopping'],
  ['The "Blue" Bar', 'Dining'],
  ['スーパー', 'Groceries'],
  ['Stadtwerke', 'Utilities'],
]
const NOTES = ['', 'two\nlines', 'a, comma', 'émoji 🥐', '  spaces  ']

/** Numbers that look random and are the same everywhere (mulberry32). */
function numbers(seed: number) {
  let state = seed
  return (below: number) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below)
  }
}

/**
 * A file of `count` rows over two years: three accounts, quoted commas and
 * lines, refunds, a salary now and then, and every fiftieth row or so once more.
 */
export function bankFile(count: number, seed = 7): BankFile {
  const next = numbers(seed)
  const rows: BankRow[] = []
  const lines = ['id,date,account,payee,notes,category,amount,currency']
  while (lines.length <= count) {
    const row = rows.length > 0 && next(50) === 0 ? rows[next(rows.length)] : undefined
    lines.push(lineOf(row ?? newRow(rows, next)))
  }
  return { csv: `${lines.join('\n')}\n`, rows, total: count, duplicates: count - rows.length }
}

export const BANK_MAPPING = {
  id: 'id',
  bookedOn: 'date',
  account: 'account',
  payee: 'payee',
  notes: 'notes',
  category: 'category',
  amount: 'amount',
  currency: 'currency',
}

function newRow(rows: BankRow[], next: (below: number) => number): BankRow {
  const isSalary = next(40) === 0
  const [payee, category] = isSalary ? ['Employer Ltd', 'Salary'] : SHOPS[next(SHOPS.length)]
  const isRefund = !isSalary && next(30) === 0
  const size = 1 + next(isSalary ? 500_000 : 20_000)
  const row = {
    id: `B${String(rows.length).padStart(7, '0')}`,
    date: new Date(Date.UTC(2024, 0, 1 + next(730))).toISOString().slice(0, 10),
    account: ACCOUNTS[next(ACCOUNTS.length)],
    payee,
    notes: NOTES[next(NOTES.length)],
    category,
    amount: isSalary || isRefund ? size : -size,
  }
  rows.push(row)
  return row
}

function lineOf({ id, date, account, payee, notes, category, amount }: BankRow) {
  return [id, date, account, payee, notes, category, decimal(amount), 'EUR'].map(quoted).join(',')
}

function decimal(minor: number) {
  const digits = String(Math.abs(minor)).padStart(3, '0')
  return `${minor < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

function quoted(cell: string) {
  return /[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

/** Sums by any key, in minor units. */
export function sumBy(rows: BankRow[], keyOf: (row: BankRow) => string): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const row of rows) sums[keyOf(row)] = (sums[keyOf(row)] ?? 0) + row.amount
  return sums
}
