import sax from 'sax'
import { StatementRefused } from '#transactions/domain/statements/statement_refused'

/** An element with what is in it, prefixes of namespaces dropped. */
export class XmlElement {
  text = ''
  readonly children: XmlElement[] = []

  constructor(
    readonly name: string,
    readonly attributes: Readonly<Record<string, string>>,
    readonly start: number
  ) {}

  /** Where the element ends in the source, once it does. */
  end = 0

  /** The first element on each step of the path. */
  find(...path: string[]): XmlElement | undefined {
    let found: XmlElement | undefined = this
    for (const name of path) found = found?.children.find((child) => child.name === name)
    return found
  }

  all(name: string): XmlElement[] {
    return this.children.filter((child) => child.name === name)
  }

  /** The text at the end of the path, trimmed; empty where there is none. */
  textOf(...path: string[]): string {
    return this.find(...path)?.text.trim() ?? ''
  }
}

/** Receives the elements that are worth building, one at a time. */
export interface UnitHandler {
  /** Whether an element in this parent is such a unit. */
  isUnit(name: string, parent: string | undefined): boolean
  opened(name: string, start: number): void
  /** `null` is a unit of more elements than are kept. */
  closed(unit: XmlElement | null, end: number): void
}

const DEEPEST = 64
const MOST_ELEMENTS = 400_000
/** In UTF-16 units; longer texts are cut. */
const LONGEST_TEXT = 65_536

/** The document is no well-formed XML from here on. */
export class Malformed extends Error {}

/**
 * XML by `sax` in strict mode: it knows no entities but XML's own and no DTD (a
 * DOCTYPE is refused), and keeps nothing but the unit that is open.
 */
export class XmlUnits {
  readonly #handler: UnitHandler
  readonly #kept: ReadonlySet<string>
  readonly #parser = sax.parser(true, { strictEntities: true } as sax.SAXOptions)
  readonly #path: string[] = []
  readonly #open: XmlElement[] = []
  #elements = 0
  #skipped = 0
  isComplete = false

  /** @param kept names of elements that are built; others are passed over with all they hold */
  constructor(handler: UnitHandler, kept: ReadonlySet<string>) {
    this.#handler = handler
    this.#kept = kept
    this.#parser.onopentag = (tag) => this.#opened(tag as sax.Tag)
    this.#parser.onclosetag = () => this.#closed()
    this.#parser.ontext = (text) => this.#said(text)
    this.#parser.oncdata = (text) => this.#said(text)
    this.#parser.ondoctype = () => {
      throw new StatementRefused('doctype', 'The file has a DOCTYPE, which no statement needs')
    }
    this.#parser.onerror = (error) => {
      throw new Malformed(error.message)
    }
  }

  /** How far the document has been read. */
  get position(): number {
    return this.#parser.position
  }

  /** Throws `Malformed`, `StatementRefused`. */
  push(text: string): void {
    this.#parser.write(text)
  }

  #opened({ name: qualified, attributes }: sax.Tag): void {
    const name = local(qualified)
    const start = this.#parser.startTagPosition - 1
    const parent = this.#path.at(-1)
    if (this.#path.push(name) > DEEPEST) throw new Malformed('too deep')
    if (this.#skipped > 0) {
      this.#skipped++
      return
    }
    if (this.#open.length === 0) {
      if (!this.#handler.isUnit(name, parent)) return
      this.#handler.opened(name, start)
      this.#elements = 0
    } else if (!this.#kept.has(name) || ++this.#elements > MOST_ELEMENTS) {
      this.#skipped = 1
      return
    }
    const element = new XmlElement(name, attributes, start)
    this.#open.at(-1)?.children.push(element)
    this.#open.push(element)
  }

  #said(text: string): void {
    if (this.#skipped > 0) return
    const element = this.#open.at(-1)
    if (element && element.text.length < LONGEST_TEXT) element.text += text
  }

  #closed(): void {
    this.#path.pop()
    if (this.#path.length === 0) this.isComplete = true
    if (this.#skipped > 0) {
      this.#skipped--
      return
    }
    const element = this.#open.pop()
    if (!element) return
    element.end = this.#parser.position
    if (this.#open.length > 0) return
    this.#handler.closed(this.#elements > MOST_ELEMENTS ? null : element, element.end)
  }
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}
