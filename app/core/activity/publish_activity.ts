import { activity, type Stretch } from '#core/activity/activity'
import { outbox } from '#core/database/outbox'
import { tenant } from '#core/database/tenant'
import { Job, type JobClass } from '#core/queue/job'

/** Hands what happened to everybody who follows it, each as a job of its own. */
export default class PublishActivity extends Job {
  static override readonly jobName = 'publish-activity'
  static override readonly queue = 'notifications'

  override async handle(stretch: Stretch) {
    await tenant.transaction(stretch.userId, async (trx) => {
      const events = await activity.read(stretch, trx)
      const jobs: [JobClass, Stretch][] = []
      for (const { job, isWanted } of activity.subscribersOf(events.map(({ type }) => type))) {
        if (isWanted && !(await isWanted(trx))) continue

        const { default: jobClass } = await job()
        jobs.push([jobClass, stretch])
      }
      await outbox.enqueueAll(jobs, trx)
    })
  }
}
