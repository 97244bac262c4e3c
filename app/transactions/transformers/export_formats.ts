import { CsvExport } from '#transactions/domain/exports/csv_export'
import { OfxExport } from '#transactions/domain/exports/ofx_export'
import { QifExport } from '#transactions/domain/exports/qif_export'
import { JsonExport } from '#transactions/transformers/json_export'

/** What transactions can be exported as; the format's name ends the file's. */
export const EXPORT_FORMATS = {
  csv: { mediaType: 'text/csv', open: (options: { bom?: boolean }) => new CsvExport(options) },
  json: { mediaType: 'application/json', open: () => new JsonExport() },
  ofx: { mediaType: 'application/x-ofx', open: () => new OfxExport() },
  qif: { mediaType: 'application/x-qif', open: () => new QifExport() },
}

export type ExportName = keyof typeof EXPORT_FORMATS

export const EXPORT_NAMES = Object.keys(EXPORT_FORMATS) as ExportName[]

/** `transactions-2026-01-31.csv` */
export function exportFileName(format: ExportName, now = new Date()) {
  return `transactions-${now.toISOString().slice(0, 10)}.${format}`
}
