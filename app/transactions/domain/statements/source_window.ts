/** A row may begin with a tag whose first part came with the piece before. */
const LONGEST_TAG = 4_096

/**
 * The text of a file around the row that is being read, by position from the
 * start of the file. Nothing before the mark is kept, or but the longest tag.
 */
export class SourceWindow {
  #text = ''
  #offset = 0
  #mark: number | null = null

  /** Adds the next piece of the file. */
  append(text: string): void {
    const end = this.#offset + this.#text.length
    const from = Math.max(this.#offset, this.#mark ?? end - LONGEST_TAG)
    this.#text = this.#text.slice(from - this.#offset) + text
    this.#offset = from
  }

  /** Keeps the text from this position on. */
  mark(position: number): void {
    this.#mark = position
  }

  release(): void {
    this.#mark = null
  }

  /** How much is kept for the marked row. */
  get length(): number {
    return this.#mark === null ? 0 : this.#offset + this.#text.length - this.#mark
  }

  /** The text between two positions at or behind the mark; without `to` all there is. */
  slice(from: number, to = Infinity): string {
    return this.#text.slice(Math.max(0, from - this.#offset), to - this.#offset)
  }

  /** The text from the mark to a position. */
  marked(to = Infinity): string {
    return this.#mark === null ? '' : this.slice(this.#mark, to)
  }
}
