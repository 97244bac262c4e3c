import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import ace from '@adonisjs/core/services/ace'
import type { BaseCommand } from '@adonisjs/core/ace'
import { program } from '#tests/support/program'

/** Runs a command in this process. */
export async function run(command: typeof BaseCommand, argv: string[]) {
  const made = await ace.create(command, argv)
  await made.exec()
  return made
}

/** Everything a command said, with the table it drew. */
export function output(command: { logger: { getLogs(): { message: string }[] } }) {
  return ace.ui.logger
    .getLogs()
    .concat(command.logger.getLogs() as never[])
    .map(({ message }) => message)
    .join('\n')
}

/** A command in a process of its own, as an operator starts it. */
export class CommandProcess {
  readonly #child: ChildProcess
  stdout = ''
  stderr = ''

  constructor(argv: string[]) {
    this.#child = spawn(process.execPath, ['ace.js', ...argv], {
      cwd: program.cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#child.stdout!.on('data', (chunk) => (this.stdout += chunk))
    this.#child.stderr!.on('data', (chunk) => (this.stderr += chunk))
  }

  interrupt() {
    this.#child.kill('SIGINT')
  }

  /** The exit code. */
  async ended(): Promise<number | null> {
    const [code] = await once(this.#child, 'close')
    return code
  }
}
