import type { CsvColumns } from '#transactions/domain/statements/csv/columns'
import { isOfCard, mayBeOfCard } from '#transactions/domain/statements/csv/known_layouts'
import { MoneyColumns } from '#transactions/domain/statements/csv/money_columns'
import { isNegative, isSigned } from '#transactions/domain/statements/csv/signs'

export type Positive = 'income' | 'expense'

/** As many as the balances of a file are followed through. */
const MOST_ROWS = 200

/** How issuers of cards confirm, in the card's own statement, that somebody paid it. */
const PAID =
  /payment\P{L}{0,3}thank ?you|thank ?you.{0,12}payment|payment received|zahlung erhalten|pagamento recebido|pago recibido|paiement reçu|betaling ontvangen|pagamento ricevuto/iu

/** A word or two, or a sign. */
const CODE = /^(?:\p{L}[\p{L}. ]{0,15}|[-+])$/u

interface Sample {
  headers: readonly string[]
  columns: CsvColumns
  rows: readonly string[][]
  /** The account is a credit card. */
  isCard: boolean
  /** A person said which column holds the amounts, or wrote the file in Finora's words. */
  isStated: boolean
}

/**
 * What a positive amount of a file is: what headers of cards say, or what the
 * balance proves, or whether it is positive that a card was paid. Amounts without
 * any sign leave it open (confidence 0.5), for they may all be income or all be
 * spent; but a person who named their column is believed, unless another looks as
 * if it held the signs, and so are headers of Finora's own words. So do those of a card that are mostly positive: many
 * issuers count so what is spent, and a card's balance may be what is owed.
 */
export function detectPositive({ headers, columns, rows, isCard, isStated }: Sample): {
  positive: Positive
  confidence: number
} {
  const { amount, direction } = columns
  if (amount === undefined || direction !== undefined) return { positive: 'income', confidence: 1 }
  if (isOfCard(headers)) return { positive: 'expense', confidence: 0.9 }
  const filled = rows.filter((row) => /[1-9]/.test(row[amount] ?? ''))
  const out = filled.filter((row) => isNegative(row[amount]))
  const isMostlyPositive = out.length * 2 <= filled.length
  if (mayBeOfCard(headers)) {
    return { positive: 'expense', confidence: isMostlyPositive ? 0.9 : 0.5 }
  }
  const proven = isCard ? undefined : MoneyColumns.of(rows.slice(0, MOST_ROWS)).sign(amount)
  if (proven) return { positive: proven > 0 ? 'income' : 'expense', confidence: 1 }
  if (filled.length === 0) return { positive: 'income', confidence: 1 }
  if (!isSigned(filled.map((row) => row[amount]))) {
    const isBelieved = isStated && !isCard && !holdsCodes(filled, columns)
    return { positive: 'income', confidence: isBelieved ? 0.75 : 0.5 }
  }

  const paysOut = out.some(confirmsPayment)
  const paysIn = filled.some((row) => !out.includes(row) && confirmsPayment(row))
  if (paysIn !== paysOut) {
    if (paysIn) return { positive: 'income', confidence: 0.9 }
    if (isMostlyPositive) return { positive: 'expense', confidence: 0.85 }
  }
  const isDoubtful = isCard && (isMostlyPositive || paysOut)
  return { positive: 'income', confidence: isDoubtful ? 0.5 : 0.9 }
}

function confirmsPayment(row: readonly string[]): boolean {
  return row.some((cell) => PAID.test(cell))
}

/** Whether a column that nobody named has two words in turn, such as a direction's. */
function holdsCodes(rows: readonly string[][], columns: CsvColumns): boolean {
  const named = new Set(Object.values(columns))
  return rows[0].keys().some((column) => {
    const words = new Set(rows.map((row) => row[column]?.trim() ?? ''))
    return !named.has(column) && words.size === 2 && [...words].every((word) => CODE.test(word))
  })
}
