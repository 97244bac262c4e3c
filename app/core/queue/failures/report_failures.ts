import logger from '@adonisjs/core/services/logger'
import queueConfig from '#config/queue'
import { writeAndPost } from '#core/mail/post'
import { FailuresMail } from '#core/queue/failures/failures_mail'
import { JobFailures } from '#core/queue/failures/job_failures'
import { Job } from '#core/queue/job'

/** Tells the operator of the jobs of one name that failed for good. */
export default class ReportFailures extends Job {
  static override readonly jobName = 'report-failures'
  static override readonly queue = 'email'

  readonly #failures = new JobFailures(queueConfig.operator, logger)

  override async handle({ job }: { job: string }) {
    const { email } = queueConfig.operator
    await writeAndPost(FailuresMail, async ({ mayHaveArrived }) => {
      const failures = await this.#failures.take(job, this.getId()!, { again: mayHaveArrived })
      return email && failures.length > 0 ? new FailuresMail(email, job, failures) : null
    })
    await this.#failures.close(job)
  }

  override async rescue({ job }: { job: string }) {
    await this.#failures.giveUp(job, this.getId()!)
  }
}
