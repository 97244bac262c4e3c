import { StatementRefused } from '#transactions/domain/statements/statement_refused'

/** Below these a guess could put a wrong amount, day or name into the ledger. */
const LEAST = { encoding: 0.5, decimal: 0.75, dateFormat: 0.75, positive: 0.75 }

const DOUBTS: Record<keyof typeof LEAST, string> = {
  encoding: 'the letters may be of any code page, such as "windows-1250" or "windows-1251"',
  decimal: 'amounts such as "1.230" may be thousands or decimals',
  dateFormat: 'the days may be written day first or month first, or are none',
  positive:
    'positive amounts may be "income" or "expense", unless a column mapped as "direction" says it',
}

/** Throws `StatementRefused`, which names the setting of the mapping that decides. */
export function requireConfidence(confidence: number, setting: keyof typeof LEAST): void {
  if (confidence >= LEAST[setting]) return
  const percent = Math.round(confidence * 100)
  throw new StatementRefused(
    setting,
    `Not sure of the file (${percent} %): ${DOUBTS[setting]}; state "${setting}" in the mapping`
  )
}
