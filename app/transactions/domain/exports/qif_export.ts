import type {
  ExportedAccount,
  ExportedTransaction,
  ExportFormat,
} from '#transactions/domain/exports/export_format'
import { exportedAmount, oneLine } from '#transactions/domain/exports/exported_text'

/** What QIF calls the types of accounts. */
const TYPES: Record<ExportedAccount['type'], string> = {
  checking: 'Bank',
  savings: 'Bank',
  cash: 'Cash',
  credit: 'CCard',
  loan: 'Oth L',
  investment: 'Oth A',
  other: 'Oth A',
}

/**
 * Quicken Interchange Format: a block for each account, its transactions behind
 * it, one field a line. Days are written year first, the only form that nobody
 * reads two ways. QIF has no field for an id; the transaction's own, a UUID, stands
 * where cheques have their number.
 *
 * @see https://www.w3.org/2000/10/swap/pim/qif-doc/QIF-doc.htm
 */
export class QifExport implements ExportFormat {
  begin() {
    return ''
  }

  beginAccount({ name, type }: ExportedAccount) {
    const kind = TYPES[type]
    return lines(['!Account', `N${oneLine(name)}`, `T${kind}`, '^', `!Type:${kind}`])
  }

  rows(transactions: ExportedTransaction[]) {
    return transactions.map((row) => lines([...fieldsOf(row), '^'])).join('')
  }

  endAccount() {
    return ''
  }

  end() {
    return ''
  }
}

function fieldsOf(row: ExportedTransaction): string[] {
  const memo = oneLine([row.description, row.notes].filter(Boolean).join(' '))
  const category = row.kind === 'transfer' ? transferTo(row) : categoryOf(row.categoryName)
  return [
    `D${row.bookedOn}`,
    `T${exportedAmount(row.amount, row.currency)}`,
    `N${row.id}`,
    `P${oneLine(row.payee)}`,
    ...(memo ? [`M${memo}`] : []),
    ...(category ? [`L${category}`] : []),
    ...(row.splits ?? []).flatMap((split) => splitOf(split, row.currency)),
  ]
}

function splitOf(
  { categoryName, note, amount }: NonNullable<ExportedTransaction['splits']>[number],
  currency: string
) {
  const memo = note ? [`E${oneLine(note)}`] : []
  return [`S${categoryOf(categoryName)}`, ...memo, `$${exportedAmount(amount, currency)}`]
}

function transferTo({ transferAccountName }: ExportedTransaction) {
  return transferAccountName ? `[${oneLine(transferAccountName)}]` : ''
}

/** In brackets it would be an account. */
function categoryOf(name: string | null) {
  return oneLine(name).replace(/^\[(.*)\]$/, '($1)')
}

function lines(fields: string[]) {
  return `${fields.join('\n')}\n`
}
