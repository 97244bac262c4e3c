import { appendFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { Job } from '#core/queue/job'

interface Lines {
  file: string
  name: string
  milliseconds?: number
  fails?: boolean
  /** How many attempts fail before one doesn't. */
  failures?: number
  /** Reports in which it says how far it is. */
  steps?: number
}

/** Writes what happens to it into a file, where the death of a worker leaves it. */
export default class WriteLines extends Job {
  static override readonly jobName = 'write-lines'
  static override readonly queue = 'notifications'

  override async handle({
    file,
    name,
    milliseconds = 0,
    fails = false,
    failures = 0,
    steps = 0,
  }: Lines) {
    await appendFile(file, `${name} started by ${process.pid}\n`)
    for (let step = 1; step <= steps; step++) {
      this.progress(step / (steps + 1))
      await sleep(milliseconds / steps)
    }
    if (steps === 0) await sleep(milliseconds)
    if (fails || this.getAttempts()! < failures) throw new RangeError(`${name} fails`)
    await appendFile(file, `${name} finished\n`)
  }

  override async rescue({ file, name }: Lines, error: Error) {
    await appendFile(file, `${name} rescued from ${error.name}\n`)
  }
}
