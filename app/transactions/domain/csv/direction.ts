const OUT = words('debit dbit d dr out af soll s debet debito debe uit addebito obciazenie -')
const IN = words('credit crdt c cr in bij haben h kredit credito haber accredito uznanie +')

/** The sign a bank writes as a word beside an unsigned amount: −1 out, 1 in, undefined unknown. */
export function directionOf(cell: string): 1 | -1 | undefined {
  const word = cell.trim().toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '')
  if (OUT.has(word)) return -1
  return IN.has(word) ? 1 : undefined
}

function words(list: string): Set<string> {
  return new Set(list.split(' '))
}
