/** How much of a file tells what it is. */
export const TELLING_BYTES = 4096

const ftyp: Record<string, string> = {
  heic: 'image/heic',
  heix: 'image/heic',
  heim: 'image/heic',
  heis: 'image/heic',
  hevc: 'image/heic',
  hevx: 'image/heic',
  mif1: 'image/heif',
  msf1: 'image/heif',
}

const SIGNATURES: [signature: string, mimeType: string][] = [
  ['%PDF-', 'application/pdf'],
  ['\x89PNG\r\n\x1a\n', 'image/png'],
  ['\xff\xd8\xff', 'image/jpeg'],
  ['GIF87a', 'image/gif'],
  ['GIF89a', 'image/gif'],
  ['II*\0', 'image/tiff'],
  ['MM\0*', 'image/tiff'],
  ['PK\x03\x04', 'application/zip'],
  ['PK\x05\x06', 'application/zip'],
]

/** Control characters that no text has; a byte order mark of UTF-16 announces NULs. */
const NO_TEXT = /[\0-\x08\x0e-\x1a\x1c-\x1f\x7f]/
const UTF16 = /^(?:\xff\xfe|\xfe\xff)/

const MOST_CSV_LINES = 20

/**
 * The type of a file by what it begins with, never by what a client says; null
 * for what Finora doesn't keep. Spreadsheets and documents of office suites are
 * ZIP archives; text of any kind is plain, or CSV if it looks like a table.
 *
 * @param head the first `TELLING_BYTES`, or all there are
 */
export function fileTypeOf(head: Buffer): string | null {
  const text = head.toString('latin1')
  const known = SIGNATURES.find(([signature]) => text.startsWith(signature))
  if (known) return known[1]
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return 'image/webp'
  if (text.slice(4, 8) === 'ftyp') return ftyp[text.slice(8, 12)] ?? null
  if (UTF16.test(text)) return 'text/plain'
  if (text === '' || NO_TEXT.test(text)) return null
  return isTable(text, head.length === TELLING_BYTES) ? 'text/csv' : 'text/plain'
}

/** Two lines or more with the same delimiter equally often, the last one aside if it is cut off. */
function isTable(text: string, isCut: boolean) {
  const lines = text.trimEnd().split(/\r\n|\n|\r/)
  const whole = (isCut ? lines.slice(0, -1) : lines).slice(0, MOST_CSV_LINES)
  return (
    whole.length > 1 &&
    [',', ';', '\t'].some((delimiter) => {
      const [first, ...others] = whole.map((line) => line.split(delimiter).length)
      return first > 1 && others.every((cells) => cells === first)
    })
  )
}
