import { BaseMail } from '@adonisjs/mail'
import { appUrl } from '#config/app'
import type { JobFailure } from '#core/queue/failures/job_failures'

const SHOWN = 10

/** To the operator: jobs of one name that nobody will try again unless told to. */
export class FailuresMail extends BaseMail {
  override subject: string

  constructor(
    readonly to: string,
    readonly job: string,
    readonly failures: JobFailure[]
  ) {
    super()
    const { length } = failures
    const what = length === 1 ? 'A job has' : `${length} jobs have`
    this.subject = `${what} failed for good: ${job}`
  }

  prepare() {
    const shown = this.failures.slice(0, SHOWN).map(({ ids, failedAt, ...failure }) => ({
      ...failure,
      failedAt: failedAt.toISOString(),
      ids: Object.entries(ids)
        .map(([name, value]) => `${name} ${value}`)
        .join(', '),
    }))
    const facts = {
      title: this.subject,
      appUrl,
      link: new URL('/admin', appUrl).href,
      queue: this.failures[0].queue,
      failures: shown,
      more: this.failures.length - shown.length,
    }
    this.message
      .to(this.to)
      .header('Auto-Submitted', 'auto-generated')
      .htmlView('emails/core/failed_jobs_html', facts)
      .textView('emails/core/failed_jobs_text', facts)
  }
}
