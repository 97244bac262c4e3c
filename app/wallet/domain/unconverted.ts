/** Amounts in other currencies than the answer's, summed per currency (minor units). */
export function unconverted<Row extends { currency: string }>(
  rows: Row[],
  currency: string,
  amountOf: (row: Row) => number
): { currency: string; amount: number }[] {
  const sums = new Map<string, number>()
  for (const row of rows) {
    if (row.currency === currency) continue
    sums.set(row.currency, (sums.get(row.currency) ?? 0) + amountOf(row))
  }
  return [...sums].map(([code, amount]) => ({ currency: code, amount }))
}
