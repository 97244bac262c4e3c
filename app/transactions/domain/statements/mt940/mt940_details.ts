/** What `:86:` says about an entry. */
export interface Mt940Details {
  payee: string
  description: string
}

/** Three digits of the kind of business, then the sign that leads each subfield. */
const SUBFIELDS = /^\d{3}([?>+~|<^@])(?=\d\d)/
/** A subfield of this length goes on in the next without a space. */
const SUBFIELD_LENGTH = 27
const SEPA_KEY = /\b(?:EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|IBAN|BIC|PURP)\+/g
const CODE_WORDS =
  'EREF|KREF|PREF|MREF|CREF|IREF|MARF|CSID|CNTP|ORDP|BENM|ULTC|ULTD|NAME|ADDR|ID|IBAN|BIC|REMI|' +
  'PURP|TRTP|TRCD|RTRN|SVCL|CHGS|EXCH|OCMT|ISDT'
const CODE_WORD = new RegExp(`^/(?:${CODE_WORDS})/`)
const EACH_CODE_WORD = new RegExp(`/(${CODE_WORDS})/`, 'g')
const TRAILING_SLASHES = /(?<!\/)\/+$/

/**
 * Reads the three forms of `:86:`: German subfields (`166?00…?20…?32…`, DK
 * Anlage 3), code words (`/EREF/…/REMI/…`, as Dutch banks write), and plain text.
 */
export function detailsOf(lines: readonly string[]): Mt940Details {
  const text = lines.join('')
  const [, separator] = SUBFIELDS.exec(text) ?? []
  if (separator) return fromSubfields(text, separator)
  if (CODE_WORD.test(lines[0] ?? '')) return fromCodeWords(text)
  return { payee: '', description: lines.map((line) => line.trim()).join('\n') }
}

function fromSubfields(text: string, separator: string): Mt940Details {
  const fields = text
    .split(separator)
    .filter((field) => /^\d\d/.test(field))
    .map((field) => ({ code: Number(field.slice(0, 2)), text: field.slice(2) }))
  const between = (...ranges: [number, number][]) =>
    joined(
      fields
        .filter(({ code }) => ranges.some(([from, to]) => code >= from && code <= to))
        .map((field) => field.text)
    )
  const purpose = between([20, 29], [60, 63])
  const bookingText = between([0, 0])
  return { payee: between([32, 33]), description: purposeOf(purpose) || purpose || bookingText }
}

/** `SVWZ+` leads what the payer wrote; the rest are references of the banks. */
function purposeOf(text: string): string {
  const keys = [...text.matchAll(SEPA_KEY)]
  const index = keys.findIndex(([key]) => key === 'SVWZ+')
  if (index === -1) return ''
  return text.slice(keys[index].index + 'SVWZ+'.length, keys[index + 1]?.index).trim()
}

function fromCodeWords(text: string): Mt940Details {
  const words = new Map<string, string>()
  const marks = [...text.matchAll(EACH_CODE_WORD)]
  for (const [index, mark] of marks.entries()) {
    const value = text.slice(mark.index + mark[0].length, marks[index + 1]?.index)
    if (!words.has(mark[1])) words.set(mark[1], value.replace(TRAILING_SLASHES, '').trim())
  }
  const [, , counterparty = ''] = (words.get('CNTP') ?? '').split('/')
  const remittance = (words.get('REMI') ?? '').replace(/^(?:USTD|STRD\/[A-Z]*)\/+/, '')
  return {
    payee: words.get('NAME') || counterparty.trim(),
    description: remittance || (words.get('TRTP') ?? ''),
  }
}

function joined(parts: readonly string[]): string {
  return parts.reduce((text, part, index) => {
    const goesOn = parts[index - 1]?.length >= SUBFIELD_LENGTH && part.search(SEPA_KEY) !== 0
    return index === 0 || goesOn ? text + part : `${text} ${part}`
  }, '')
}
