import { LineSplitter } from '#transactions/domain/statements/line_splitter'

/** A field of a SWIFT message: `:61:` and the lines up to the next. */
export interface Mt940Field {
  /** `61`, `60F`; `-` is the end of a message, empty the end of the file. */
  tag: string
  lines: string[]
}

const TAG = /^:(\d{2}[A-Z]?|NS):(.*)$/s
const TEXT_BLOCK = '{4:'
const END = /^-\}?(?:\{5:.*)?$/

/** A field holds six lines of 65; banks write more. */
const MOST_LINES = 200

/** Cuts MT940 into fields, whether its messages have SWIFT's blocks around them or not. */
export class Mt940Fields {
  readonly #splitter = new LineSplitter()
  #field: Mt940Field | null = null

  push(text: string): Mt940Field[] {
    return this.#splitter.push(text).flatMap((line) => this.#take(line))
  }

  /** The last fields; one that only the end of the file ends has an empty one behind it. */
  end(): Mt940Field[] {
    const { complete, last } = this.#splitter.end()
    const lines = last === null ? complete : [...complete, last]
    return [...lines.flatMap((line) => this.#take(line)), ...this.#close({ tag: '', lines: [] })]
  }

  #take(line: string): Mt940Field[] {
    const text = line.startsWith('{') ? behindBlocks(line) : line
    if (END.test(text)) return this.#close({ tag: '-', lines: [] })
    const tag = TAG.exec(text)
    if (!tag) {
      const field = this.#field
      if (field && text !== '' && field.lines.length < MOST_LINES) field.lines.push(text)
      return []
    }
    const closed = this.#close(null)
    this.#field = { tag: tag[1], lines: [tag[2]] }
    return closed
  }

  #close(next: Mt940Field | null): Mt940Field[] {
    const closed = [this.#field, next].filter((field) => field !== null)
    this.#field = null
    return closed
  }
}

/** What stands behind `{1:…}{2:…}{4:`, which may share a line with the first field. */
function behindBlocks(line: string): string {
  const text = line.indexOf(TEXT_BLOCK)
  return text === -1 ? line : line.slice(text + TEXT_BLOCK.length)
}

/** The field as it stands in the file. */
export function sourceOf({ tag, lines }: Mt940Field): string {
  return `:${tag}:${lines.join('\n')}`
}
