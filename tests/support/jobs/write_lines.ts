import { appendFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { Job } from '#core/queue/job'

interface Lines {
  file: string
  name: string
  milliseconds?: number
  fails?: boolean
}

/** Writes what happens to it into a file, where the death of a worker leaves it. */
export default class WriteLines extends Job {
  static override readonly jobName = 'write-lines'
  static override readonly queue = 'notifications'

  override async handle({ file, name, milliseconds = 0, fails = false }: Lines) {
    await appendFile(file, `${name} started by ${process.pid}\n`)
    await sleep(milliseconds)
    if (fails) throw new RangeError(`${name} fails`)
    await appendFile(file, `${name} finished\n`)
  }

  override async rescue({ file, name }: Lines, error: Error) {
    await appendFile(file, `${name} rescued from ${error.name}\n`)
  }
}
