import { isAscii, isUtf8 } from 'node:buffer'
import { StringDecoder } from 'node:string_decoder'
import { codePageOf } from '#transactions/domain/statements/code_pages'
import { StatementRefused } from '#transactions/domain/statements/statement_refused'
import { STATEMENT_WORDS } from '#transactions/domain/statements/statement_words'

export interface EncodingGuess {
  /** A name of the WHATWG Encoding Standard: `utf-8`, `utf-16le`, `windows-1252`… */
  readonly encoding: string
  /** 0..1; 1 is a byte order mark or the caller's word. */
  readonly confidence: number
}

/** What is known of a sample beside its bytes. */
export interface SampleContext {
  /** It ends where the file goes on, perhaps within a character. */
  isCut?: boolean
  /** The account's. */
  currency?: string
}

/** What a byte that means nothing in the encoding becomes. */
export const UNDECODABLE = '\uFFFD'

const UTF8_BOM = [0xef, 0xbb, 0xbf]
const ZERO_SHARE_OF_UTF16 = 0.2

/**
 * The encoding of a file from its first bytes: byte order mark, the zero bytes
 * of UTF-16, well-formed UTF-8, words of a Japanese, Chinese, Cyrillic or Greek statement,
 * and Windows-1252 for the rest. Letters of another alphabet leave Windows-1252 with a low confidence.
 */
export function detectEncoding(
  sample: Uint8Array,
  override?: string,
  { isCut = false, currency }: SampleContext = {}
): EncodingGuess {
  if (override) return { encoding: encodingNamed(override, sample), confidence: 1 }
  const marked = byteOrderMark(sample)
  if (marked) return { encoding: marked, confidence: 1 }

  const whole = isCut ? withoutCut(sample) : sample
  return unmarkedUtf16(sample) ?? utf8(whole) ?? byWords(sample) ?? codePageOf(sample, currency)
}

/**
 * The encoding of a statement: as `detectEncoding`, but what an XML declaration
 * or an OFX header says counts where the bytes themselves leave it open.
 */
export function detectStatementEncoding(
  sample: Uint8Array,
  override?: string,
  context: SampleContext = {}
): EncodingGuess {
  const guess = detectEncoding(sample, override, context)
  if (guess.confidence === 1 || guess.encoding.startsWith('utf-16')) return guess
  const declared = declaredEncoding(Buffer.from(sample.subarray(0, 1024)).toString('latin1'))
  if (declared === undefined) return guess
  const isProven = guess.encoding === 'utf-8' && !isAscii(sample)
  const isDisproven = declared === 'utf-8' && guess.encoding !== 'utf-8'
  return isProven || isDisproven ? guess : { encoding: declared, confidence: 1 }
}

function declaredEncoding(head: string): string | undefined {
  const xml = /^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]{1,40})["']/.exec(head)
  const ofx = /^\s*OFXHEADER/.test(head) && /ENCODING:\s*(UTF-8|UNICODE)/i.test(head)
  const page = /^\s*OFXHEADER/.test(head) ? /CHARSET:\s*(\d{3,5})/.exec(head) : null
  const label = xml?.[1] ?? (ofx ? 'utf-8' : page && `windows-${page[1]}`)
  try {
    const encoding = label ? new TextDecoder(label).encoding : undefined
    return encoding?.startsWith('utf-16') ? undefined : encoding
  } catch {
    return undefined
  }
}

/** Turns the bytes of a stream into text; a byte order mark is dropped. */
export interface TextDecoding {
  write(bytes: Uint8Array): string
  end(): string
}

/**
 * A decoder that may be cut at any byte. Bytes without a meaning come out as
 * `UNDECODABLE`, so that the row that holds them can be rejected.
 */
export function decoderFor(encoding: string): TextDecoding {
  if (encoding === 'utf-8') return utf8Decoder()

  const decoder = new TextDecoder(encoding)
  const clean = encoding.startsWith('windows-') ? withoutC1 : (text: string) => text
  return {
    write: (bytes) => clean(decoder.decode(bytes, { stream: true })),
    end: () => clean(decoder.decode()),
  }
}

/** Twice as fast as a streaming TextDecoder, with the same replacement of invalid bytes. */
function utf8Decoder(): TextDecoding {
  const decoder = new StringDecoder('utf8')
  let atStart = true
  const unmarked = (text: string) => {
    if (!atStart || text === '') return text
    atStart = false
    return text.startsWith('\uFEFF') ? text.slice(1) : text
  }
  return {
    write: (bytes) => unmarked(decoder.write(bytes)),
    end: () => unmarked(decoder.end()),
  }
}

/** The five bytes Windows-1252 leaves undefined become C1 controls in the WHATWG standard. */
function withoutC1(text: string): string {
  return text.replace(/[\u0080-\u009f]/g, UNDECODABLE)
}

function encodingNamed(label: string, sample: Uint8Array): string {
  if (/^utf-?16$/i.test(label)) return byteOrderMark(sample) ?? 'utf-16le'
  try {
    return new TextDecoder(label.replace(/^cp-?125/i, 'windows-125')).encoding
  } catch {
    throw new StatementRefused('encoding', `Unknown encoding ${JSON.stringify(label.slice(0, 40))}`)
  }
}

function byteOrderMark(sample: Uint8Array): string | undefined {
  if (UTF8_BOM.every((byte, index) => sample[index] === byte)) return 'utf-8'
  if (sample[0] === 0xff && sample[1] === 0xfe) return 'utf-16le'
  if (sample[0] === 0xfe && sample[1] === 0xff) return 'utf-16be'
  return undefined
}

function unmarkedUtf16(sample: Uint8Array): EncodingGuess | undefined {
  const zeros = [0, 0]
  for (const [index, byte] of sample.entries()) {
    if (byte === 0) zeros[index % 2]++
  }
  const [even, odd] = zeros.map((count) => count / Math.max(1, sample.length / 2))
  if (odd > ZERO_SHARE_OF_UTF16 && even < odd / 4) {
    return { encoding: 'utf-16le', confidence: 0.95 }
  }
  if (even > ZERO_SHARE_OF_UTF16 && odd < even / 4) {
    return { encoding: 'utf-16be', confidence: 0.95 }
  }
  return undefined
}

/** Without the beginning of a character of UTF-8 that ends behind the sample (RFC 3629). */
function withoutCut(sample: Uint8Array): Uint8Array {
  for (let back = 1; back <= Math.min(3, sample.length); back++) {
    const byte = sample[sample.length - back]
    if (byte < 0x80) return sample
    if (byte < 0xc0) continue
    const length = byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4
    return length > back ? sample.subarray(0, -back) : sample
  }
  return sample
}

/** A few broken bytes do not make a UTF-8 file Windows-1252: only their rows are lost. */
function utf8(sample: Uint8Array): EncodingGuess | undefined {
  if (isAscii(sample)) return { encoding: 'utf-8', confidence: 0.95 }
  if (isUtf8(sample)) return { encoding: 'utf-8', confidence: 0.99 }

  const text = decoderFor('utf-8').write(sample)
  const broken = text.match(/\uFFFD/g)?.length ?? 0
  const multibyte = (text.match(/[^\u0000-\u007f]/gu)?.length ?? 0) - broken
  if (multibyte <= broken) return undefined
  return { encoding: 'utf-8', confidence: multibyte / (multibyte + broken) }
}

/** Other code pages may be well-formed in these too, but never say what such a file does. */
function byWords(sample: Uint8Array): EncodingGuess | undefined {
  for (const [encoding, words] of STATEMENT_WORDS) {
    const text = decoderFor(encoding).write(sample)
    if (!words.test(text)) continue
    const foreign = text.match(/[^\u0000-\u007f]/gu)!.length
    const broken = text.match(/\uFFFD/g)?.length ?? 0
    return { encoding, confidence: (0.95 * (foreign - broken)) / foreign }
  }
  return undefined
}
