import type { EncodingGuess } from '#transactions/domain/statements/encoding'

/** What is written with Windows-1250 in the countries of these currencies. */
const CENTRAL_LETTERS: Record<string, string> = {
  PLN: 'ąćęłńóśźżĄĆĘŁŃÓŚŹŻ',
  CZK: 'áčďéěíňóřšťúůýžÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ',
  HUF: 'áéíóöőúüűÁÉÍÓÖŐÚÜŰ',
}
const CENTRAL_SIGNS = '„”“–—…€§°«»\u00a0äöüßÄÖÜ'

/** The most that is known of letters without any statement of their encoding. */
const SURE = 0.9
/** Two code pages make letters of the bytes, and the account's currency decides. */
const HINTED = 0.8
const DOUBTED = 0.4

/** Bytes that stand between letters in no word of Windows-1252: `¹` `¿` `³` `¼` `¾` `¶` `¦` `¯`. */
const SIGNS = new Set([0xb9, 0xbf, 0xb3, 0xbc, 0xbe, 0xb6, 0xa6, 0xaf, 0xa5, 0xb5, 0xa9, 0xae])

/** `š` and `ž` are the same in both pages, and seldom in the West; the others are `č ě ď ň ř ů ć` in Windows-1250. */
const CARONS = new Set([0x8a, 0x8e, 0x9a, 0x9e])
const CARON_OR_GRAVE = new Set([
  0xe8, 0xec, 0xef, 0xf2, 0xf8, 0xf9, 0xe6, 0xc8, 0xcc, 0xcf, 0xd2, 0xd8, 0xd9, 0xc6,
])

/**
 * The code page of text that is no UTF-8: Windows-1252, or Windows-1250 if the account's
 * currency speaks for it. Letters that may be of either, or of another alphabet, leave a
 * low confidence.
 */
export function codePageOf(sample: Uint8Array, currency = ''): EncodingGuess {
  const western = windows1252(sample)
  const central = windows1250(sample, currency)
  if (central >= western && central > HINTED) {
    return { encoding: 'windows-1250', confidence: HINTED * central }
  }
  const confidence = SURE * western
  const isDoubted = hasSignsInWords(sample) || mixesCarons(sample)
  return {
    encoding: 'windows-1252',
    confidence: isDoubted ? Math.min(DOUBTED, confidence) : confidence,
  }
}

/** The share of high bytes that are letters of the currency's country. */
function windows1250(sample: Uint8Array, currency: string): number {
  const letters = CENTRAL_LETTERS[currency]
  if (letters === undefined) return 0
  const known = new Set(letters + CENTRAL_SIGNS)
  const foreign = [...new TextDecoder('windows-1250').decode(sample)].filter(
    (each) => each > '\u007f'
  )
  return foreign.filter((each) => known.has(each)).length / Math.max(1, foreign.length)
}

function hasSignsInWords(sample: Uint8Array): boolean {
  return sample.some(
    (byte, index) =>
      SIGNS.has(byte) && isLetter(sample[index - 1] ?? 0) && isLetter(sample[index + 1] ?? 0)
  )
}

function mixesCarons(sample: Uint8Array): boolean {
  return sample.some((byte) => CARONS.has(byte)) && sample.some((byte) => CARON_OR_GRAVE.has(byte))
}

/**
 * Western text has its accents one by one among plain letters; runs of high
 * bytes are words of another alphabet, and odd signs next to letters are the
 * letters of another code page: the share of those that are neither.
 */
function windows1252(sample: Uint8Array): number {
  let high = 0
  let western = 0
  for (const [index, byte] of sample.entries()) {
    if (byte < 0x80) continue
    high++
    if (isWestern(byte, sample[index - 1], sample[index + 1])) western++
  }
  return western / Math.max(1, high)
}

/** `£` stands before no letter, `¿` and `¡` behind none, and accented letters seldom in a row. */
function isWestern(byte: number, before = 0, after = 0): boolean {
  if (byte === 0xa3) return !isLetter(after)
  if (byte === 0xa1 || byte === 0xbf) return !isLetter(before)
  return WESTERN.has(byte) && !(before >= 0xc0 && byte >= 0xc0)
}

function isLetter(byte: number): boolean {
  const lower = byte | 0x20
  return byte >= 0xc0 || (lower >= 0x61 && lower <= 0x7a)
}

const WESTERN = new Set([
  ...Array.from({ length: 0x40 }, (_, index) => 0xc0 + index),
  ...[0x80, 0x85, 0x8a, 0x8c, 0x8e, 0x91, 0x92, 0x93, 0x94, 0x96, 0x97, 0x9a, 0x9c, 0x9e],
  ...[0xa0, 0xa1, 0xa3, 0xa7, 0xaa, 0xab, 0xb0, 0xb4, 0xb7, 0xba, 0xbb, 0xbf],
])
