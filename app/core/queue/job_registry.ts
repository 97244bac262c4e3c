import { UnrecoverableError } from 'bullmq'
import type { JobClass } from '#core/queue/job'

/** A job's name → the module whose default export is its class. */
export type JobTable = Record<string, () => Promise<{ default: JobClass }>>

/** Finds the class of a job by the name it travels under, loading it on first use. */
export class JobRegistry {
  readonly #jobs: JobTable
  readonly #found = new Map<string, JobClass>()

  constructor(jobs: JobTable) {
    this.#jobs = jobs
  }

  /** Throws `UnrecoverableError` for a name nobody registered: trying again is no use. */
  async find(name: string): Promise<JobClass> {
    return this.#found.get(name) ?? this.#load(name)
  }

  async #load(name: string) {
    const load = Object.hasOwn(this.#jobs, name) ? this.#jobs[name] : undefined
    if (!load) throw new UnrecoverableError(`no job is called "${name}" in config/queue.ts`)

    const { default: job } = await load()
    if (job.jobName !== name) {
      throw new UnrecoverableError(`"${name}" in config/queue.ts loads "${job.jobName}"`)
    }
    this.#found.set(name, job)
    return job
  }
}
