const OUT = words(
  `debit dbit d dr out outgoing expense withdrawal af uit soll s belastung lastschrift ausgang ausgabe
   debet debito debe cargo gasto depense sortie addebito uscita obciazenie wydatek sale purchase compra achat acquisto aankoop -
   χρεωση χ дебет дебит дт списание расход витрата видаток 支出 支 借 借方`
)
const IN = words(
  `credit crdt c cr in incoming income deposit bij haben h gutschrift eingang einnahme kredit credito
   haber abono ingreso recette entree accredito entrata uznanie wplyw k refund reembolso remboursement rimborso +
   πιστωση π кредит кт зачисление поступление приход пополнение надходження 收入 收 贷 贷方`
)

/** The sign a bank writes as a word beside an unsigned amount: −1 out, 1 in, undefined unknown. */
export function directionOf(cell: string): 1 | -1 | undefined {
  const word = cell.trim().toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '')
  if (OUT.has(word)) return -1
  return IN.has(word) ? 1 : undefined
}

function words(list: string): Set<string> {
  return new Set(list.split(/\s+/))
}
