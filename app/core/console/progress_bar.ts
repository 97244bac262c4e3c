import type { WriteStream } from 'node:tty'

const WIDTH = 30

/** Whatever it is drawn on: `process.stderr`, so that standard output stays the command's own. */
type Screen = Pick<WriteStream, 'write' | 'isTTY'>

/** One line of a terminal that says how far something is. Where nobody watches, nothing. */
export class ProgressBar {
  readonly #label: string
  readonly #screen: Screen

  constructor(label: string, screen: Screen = process.stderr) {
    this.#label = label
    this.#screen = screen
  }

  /** @param share from 0 to 1 */
  show(share: number, note = '') {
    const done = Math.min(1, Math.max(0, share))
    const filled = Math.round(done * WIDTH)
    const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled)
    this.#draw(`${this.#label} ${bar} ${String(Math.floor(done * 100)).padStart(3)} % ${note}`)
  }

  clear() {
    this.#draw('')
  }

  /** Over what stood there before. */
  #draw(line: string) {
    if (this.#screen.isTTY) this.#screen.write(`\r${line.trimEnd()}\u001b[K`)
  }
}
