import { FORMAT_NAMES, type StatementFormat } from '#transactions/domain/statements/formats'
import { isTransaction } from '#transactions/domain/statements/qif/qif_records'
import { StatementRefused } from '#transactions/domain/statements/statement_refused'

/** In UTF-16 units; what tells a format stands in front of its first row. */
const HEAD = 8_192

const MESSAGES: Record<string, StatementFormat> = {
  BkToCstmrAcctRpt: 'camt052',
  BkToCstmrStmt: 'camt053',
  BkToCstmrDbtCdtNtfctn: 'camt054',
}
const CAMT_MESSAGE = new RegExp(`<(?:[\\w.-]+:)?(${Object.keys(MESSAGES).join('|')})[\\s>]`)
const CAMT_NAMESPACE = /["']urn:iso:std:iso:20022:tech:xsd:(camt)\.(05[234])\.001\.\d\d["']/

/**
 * The format of a file by its first characters, whatever its name; what has no
 * marks of another is taken for a CSV (confidence 0.5, until its layout is
 * known). Throws `StatementRefused` for text that is no statement, and when
 * `stated` says otherwise; CAMT.053 stands for its relatives too.
 */
export function detectFormat(
  text: string,
  stated?: StatementFormat
): { format: StatementFormat; confidence: number } {
  const found = recognise(text.slice(0, HEAD).trimStart())
  const isRelative = stated === 'camt053' && found.format.startsWith('camt')
  if (stated === undefined || stated === found.format || isRelative) {
    return { ...found, confidence: stated ? 1 : found.confidence }
  }
  const looks = found.format === 'csv' ? 'has no mark of it' : `is ${FORMAT_NAMES[found.format]}`
  throw new StatementRefused(
    'format',
    `The file was said to be ${FORMAT_NAMES[stated]}, but it ${looks}; leave "format" out`
  )
}

function recognise(head: string): { format: StatementFormat; confidence: number } {
  if (/^OFXHEADER|<OFX[\s>]/i.test(head)) return { format: 'ofx', confidence: 1 }
  if (head.startsWith('<')) return xmlFormat(head)
  if (/^!(?:type:|account\b|option:|clear:)/i.test(head)) return { format: 'qif', confidence: 1 }
  if (isUntypedQif(head)) return { format: 'qif', confidence: 0.9 }
  if (isMt940(head)) return { format: 'mt940', confidence: 1 }
  if (/^(?:\{\s*"|\[\s*[[{"\d])/.test(head)) throw refused('JSON')
  return { format: 'csv', confidence: 0.5 }
}

function xmlFormat(head: string): { format: StatementFormat; confidence: number } {
  if (/<!DOCTYPE(?!\s+html)/i.test(head)) {
    throw new StatementRefused('doctype', 'The file has a DOCTYPE, which no statement needs')
  }
  const message = CAMT_MESSAGE.exec(head)
  if (message) return { format: MESSAGES[message[1]], confidence: 1 }
  const namespace = CAMT_NAMESPACE.exec(head)
  if (!namespace) throw refused(/<html|<!DOCTYPE\s+html/i.test(head) ? 'a web page' : 'other XML')
  const format = `${namespace[1]}${namespace[2]}` as StatementFormat
  return { format, confidence: 0.9 }
}

/** The first record of a QIF whose program left the `!Type` out. */
function isUntypedQif(head: string): boolean {
  const lines = head.split(/[\r\n]+/)
  const end = lines.findIndex((line) => /^\^\s*$/.test(line))
  return end > 0 && isTransaction(lines.slice(0, end))
}

function isMt940(head: string): boolean {
  const lineEnd = '(?:^|[\\r\\n])'
  const opens = new RegExp(`${lineEnd}:20:`).test(head) || /\{4:\s*:20:/.test(head)
  return opens && new RegExp(`${lineEnd}:(?:25P?|60[FM]|61):`).test(head)
}

function refused(what: string): StatementRefused {
  const known = Object.values(FORMAT_NAMES).join(', ')
  return new StatementRefused('format', `The file is ${what}, not a statement: ${known} are read`)
}
