/** Of what a bank writes among its rows though nothing was moved. */
const SUMS = words(
  `closing balance, ending balance, end balance, final balance, available balance, turnover,
   total turnover, schlusssaldo, endsaldo, saldo final, saldo finale, solde final, saldo koncowe,
   eindsaldo, loppsaldo, kaive, likutis pabaigai, apyvarta, beigu atlikums, apgrozijums`
)
/** Programs book some of these as a transaction, with a payee. */
const STARTS = words(
  `opening balance, beginning balance, starting balance, anfangssaldo, saldo inicial, saldo iniziale,
   saldo anterior, solde initial, saldo poczatkowe, beginsaldo, algsaldo, likutis pradziai,
   sakuma atlikums`
)

/**
 * Whether a row says what the account held or what all rows come to.
 *
 * @param payee the payee's cell, undefined where the file has none
 */
export function isBalanceRow(payee: string | undefined, description: string): boolean {
  const text = folded(payee?.trim() || description)
  return SUMS.has(text) || (payee?.trim() === '' && STARTS.has(text))
}

function words(list: string): Set<string> {
  return new Set(list.split(',').map(folded))
}

function folded(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z ]/g, '')
    .trim()
    .replace(/\s+/g, ' ')
}
