import { NEEDS_MORE, lineEndAfter, terminatorEnd } from '#transactions/domain/statements/line_ends'

/** In UTF-16 units; a longer line comes out cut after one more. */
export const MAX_LINE_LENGTH = 8_192

/** Cuts text that arrives in pieces into lines ended by LF, CRLF or CR. */
export class LineSplitter {
  #rest = ''
  #skips = false

  /** The lines that end within the text so far, without their ends. */
  push(text: string): string[] {
    return this.#lines(this.#rest + text, false)
  }

  /** The last line, when nothing ends it; null when there is none. */
  end(): { complete: string[]; last: string | null } {
    const complete = this.#lines(this.#rest, true)
    const last = this.#rest === '' || this.#skips ? null : this.#rest
    this.#rest = ''
    return { complete, last }
  }

  #lines(text: string, final: boolean): string[] {
    const lines: string[] = []
    let at = 0
    for (;;) {
      const end = lineEndAfter(text, at)
      if (end === Infinity) break
      const next = terminatorEnd(text, end, final)
      if (next === NEEDS_MORE) break
      if (!this.#skips) lines.push(text.slice(at, Math.min(end, at + MAX_LINE_LENGTH + 1)))
      this.#skips = false
      at = next
    }
    this.#rest = text.slice(at)
    const halfEnd = this.#rest.endsWith('\r') ? '\r' : ''
    if (this.#rest.length - halfEnd.length > MAX_LINE_LENGTH) {
      if (!this.#skips) lines.push(this.#rest.slice(0, MAX_LINE_LENGTH + 1))
      this.#skips = true
      this.#rest = halfEnd
    }
    return lines
  }
}
