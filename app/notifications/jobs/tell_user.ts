import { inject } from '@adonisjs/core'
import type { Stretch } from '#core/activity/activity'
import { Job } from '#core/queue/job'
import CreateNotifications from '#notifications/actions/create_notifications'
import { liveChannel } from '#notifications/services/live_channel'

/** Tells a user what happened, and then those of their clients that are looking on. */
@inject()
export default class TellUser extends Job {
  static override readonly jobName = 'tell-user'
  static override readonly queue = 'notifications'

  constructor(protected createNotifications: CreateNotifications) {
    super()
  }

  override async handle(stretch: Stretch) {
    const news = await this.createNotifications.handle(stretch)
    await liveChannel.publish(stretch.userId, news)
  }
}
