/** The formats of statements that can be imported. */
export const STATEMENT_FORMATS = [
  'csv',
  'ofx',
  'qif',
  'camt052',
  'camt053',
  'camt054',
  'mt940',
] as const

export type StatementFormat = (typeof STATEMENT_FORMATS)[number]

export const FORMAT_NAMES: Record<StatementFormat, string> = {
  csv: 'CSV',
  ofx: 'OFX',
  qif: 'QIF',
  camt052: 'CAMT.052',
  camt053: 'CAMT.053',
  camt054: 'CAMT.054',
  mt940: 'MT940',
}
