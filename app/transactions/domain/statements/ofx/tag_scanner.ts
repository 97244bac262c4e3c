import { StatementRefused } from '#transactions/domain/statements/statement_refused'

/** Receives what a scanner finds, with positions from the start of the text. */
export interface TagHandler {
  opened(name: string, start: number): void
  closed(name: string, end: number): void
  said(text: string): void
}

const TAG = /<(\/?)([A-Za-z][\w.:-]{0,79})(?:\s[^<>]{0,2000})?(\/?)>/y
const SECTIONS = [
  { opening: '<!--', closing: '-->', isText: false },
  { opening: '<![CDATA[', closing: ']]>', isText: true },
  { opening: '<?', closing: '?>', isText: false },
]
const LONGEST_OPENING = '<!DOCTYPE'.length
/** Names a DTD, which is never fetched, and declares nothing itself. */
const DOCTYPE =
  /<!DOCTYPE\s+OFX(?:\s+(?:SYSTEM|PUBLIC\s+(?:"[^"<>[]*"|'[^'<>[]*'))(?:\s+(?:"[^"<>[]*"|'[^'<>[]*'))?)?\s*>/iy
const LONGEST_DOCTYPE = 1_024

/** In UTF-16 units, of one tag or one run of text; also the most that is kept between pieces. */
const LONGEST_TOKEN = 65_536

/**
 * Tags and texts of OFX: SGML whose values have no closing tags, XML, and what
 * banks write between the two (bare `&` and `<` in texts). Nothing is looked
 * up: entities other than XML's own, `&nbsp;` and numbers stay as they are, and
 * a DOCTYPE that declares anything is refused.
 */
export class TagScanner {
  readonly #handler: TagHandler
  readonly #closings = new Map<string, number>()
  #rest = ''
  #position = 0

  constructor(handler: TagHandler) {
    this.#handler = handler
  }

  /** Throws `StatementRefused` at a DOCTYPE that declares anything. */
  push(text: string): void {
    this.#scan(this.#rest + text, false)
  }

  end(): void {
    this.#scan(this.#rest, true)
  }

  #scan(text: string, final: boolean): void {
    let at = 0
    this.#closings.clear()
    while (at < text.length) {
      const next = text[at] === '<' ? this.#markup(text, at, final) : this.#text(text, at, final)
      if (next === at) break
      at = next
    }
    this.#position += at
    this.#rest = text.slice(at)
  }

  /** Answers where the text ends, or `at` when its end isn't there yet. */
  #text(text: string, at: number, final: boolean): number {
    const found = text.indexOf('<', at)
    if (found === -1 && !final && text.length - at <= LONGEST_TOKEN) return at
    const end = Math.min(found === -1 ? text.length : found, at + LONGEST_TOKEN)
    this.#handler.said(decoded(text.slice(at, end)))
    return end
  }

  #markup(text: string, at: number, final: boolean): number {
    const sign = text[at + 1]
    if (sign === undefined && !final) return at
    if (sign === '!' || sign === '?') return this.#section(text, at, final)

    TAG.lastIndex = at
    const tag = TAG.exec(text)
    if (!tag) {
      const isWhole = text.includes('<', at + 1) || text.includes('>', at)
      return this.#stray(text, at, final || isWhole)
    }
    const end = at + tag[0].length
    const name = tag[2].toUpperCase()
    if (!tag[1]) this.#handler.opened(name, this.#position + at)
    if (tag[1] || tag[3]) this.#handler.closed(name, this.#position + end)
    return end
  }

  #section(text: string, at: number, final: boolean): number {
    if (text.length - at < LONGEST_OPENING && !final) return at
    const start = text.slice(at, at + LONGEST_OPENING).toUpperCase()
    if (start === '<!DOCTYPE') return this.#doctype(text, at, final)
    if (start.startsWith('<!ENTITY')) throw doctypeRefused()
    const section = SECTIONS.find(({ opening }) => text.startsWith(opening, at))
    if (!section) return this.#stray(text, at, true)

    const from = at + section.opening.length
    const end = this.#closing(text, section.closing, from)
    if (end - at > LONGEST_TOKEN) return this.#stray(text, at, final || end < Infinity)
    if (section.isText) this.#handler.said(text.slice(from, end))
    return end + section.closing.length
  }

  #doctype(text: string, at: number, final: boolean): number {
    const begun = text.slice(at, at + LONGEST_DOCTYPE)
    if (!final && begun.length < LONGEST_DOCTYPE && !/[>[]/.test(begun)) return at
    DOCTYPE.lastIndex = 0
    const doctype = DOCTYPE.exec(begun)
    if (!doctype) throw doctypeRefused()
    return at + doctype[0].length
  }

  /** Where the section ends; each is sought once, or a file of openings would take for ever. */
  #closing(text: string, closing: string, from: number): number {
    const known = this.#closings.get(closing)
    if (known !== undefined && known >= from) return known
    const found = text.indexOf(closing, from)
    const end = found === -1 ? Infinity : found
    this.#closings.set(closing, end)
    return end
  }

  /** A `<` that starts nothing is text, once it is sure. */
  #stray(text: string, at: number, isSure: boolean): number {
    if (!isSure && text.length - at <= LONGEST_TOKEN) return at
    this.#handler.said('<')
    return at + 1
  }
}

function doctypeRefused(): StatementRefused {
  return new StatementRefused('doctype', 'The file has a DOCTYPE, which no statement needs')
}

const NAMED: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
}

function decoded(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,4}));/gi,
    (all, decimal, hex, name) => {
      if (name) return NAMED[name.toLowerCase()] ?? all
      const code = decimal ? Number(decimal) : Number.parseInt(hex, 16)
      return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)
        ? String.fromCodePoint(code)
        : all
    }
  )
}
