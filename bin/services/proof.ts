/*
| The steps of bin/ci: each is named, timed and judged; the count comes last.
*/
import { spawn, type ChildProcess } from 'node:child_process'
import { globSync } from 'node:fs'
import type { Environment } from './application.ts'
import { quote, step } from './console.ts'
import { terminate } from './processes.ts'
import { root } from './settings.ts'

export interface Outcome {
  code: number
  output: string
}

/** Japa's closing line in its `ndjson` report. */
interface Aggregates {
  total: number
  failed: number
  passed: number
  skipped: number
  todo: number
}

class StepFailed extends Error {
  readonly failures: number

  constructor(output: string, failures = 1) {
    super(output)
    this.failures = failures
  }
}

export class Proof {
  #passed = 0
  #failed = 0
  #running = new Set<ChildProcess>()
  #interrupted = false

  constructor() {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => this.#interrupt())
    }
  }

  /** A step that passes when the script exits with 0. */
  async step(name: string, ...args: string[]) {
    await this.check(name, () => this.node({}, ...args))
  }

  /** A step that passes when the outcome's code is 0. */
  async check(name: string, work: () => Promise<Outcome>) {
    await this.#judge(name, async () => {
      const { code, output } = await work()
      if (code !== 0) {
        throw new StepFailed(output)
      }
      return ''
    })
  }

  /** A suite of Japa's; one without a spec file is left out. */
  async suite(name: string, environment: Environment, ...args: string[]) {
    if (globSync(`tests/${name}/**/*.spec.ts`, { cwd: root }).length === 0) {
      return
    }
    await this.#judge(`Tests: ${name}`, async () => {
      const { code, output } = await this.node(
        environment,
        ...args,
        name,
        '--reporters=spec,ndjson'
      )
      const counts = aggregates(output)
      this.#passed += counts?.passed ?? 0
      if (code !== 0 || !counts?.passed) {
        throw new StepFailed(readable(output), counts?.failed || 1)
      }
      return `${counts.passed} passed${counts.skipped ? `, ${counts.skipped} skipped` : ''}`
    })
  }

  /** Runs a script with this Node and gives its output and exit code. */
  async node(environment: Environment, ...args: string[]): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, args, {
        cwd: root,
        env: { ...process.env, ...environment },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      this.#running.add(child)
      let output = ''
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (text: string) => {
          output += text
        })
      }
      child.once('error', reject)
      child.once('close', (code) => {
        this.#running.delete(child)
        if (!this.#interrupted) {
          resolve({ code: code ?? 1, output })
        }
      })
    })
  }

  /** Says the count, as the last line, and gives the process its exit code. */
  conclude() {
    process.exitCode = this.#failed ? 1 : 0
    console.log(`\n${this.#passed} passed, ${this.#failed} failed`)
  }

  /** Everything under way ends first, what it started too, and nothing follows. */
  async #interrupt() {
    if (this.#interrupted) {
      return
    }
    this.#interrupted = true
    await Promise.all([...this.#running].map(({ pid }) => pid && terminate(pid, 'SIGTERM')))
    process.exit(130)
  }

  async #judge(name: string, work: () => Promise<string>) {
    try {
      await step(name, work, String)
    } catch (error) {
      const failure = error instanceof StepFailed ? error : new StepFailed(String(error))
      this.#failed += failure.failures
      quote(failure.message)
    }
  }
}

function aggregates(output: string): Aggregates | undefined {
  const line = output.split('\n').findLast((text) => text.startsWith('{"aggregates"'))
  return line && JSON.parse(line).aggregates
}

/** The output without the lines that are meant for this program. */
function readable(output: string) {
  return output
    .split('\n')
    .filter((line) => !/^\{"(event|aggregates)"/.test(line))
    .join('\n')
}
