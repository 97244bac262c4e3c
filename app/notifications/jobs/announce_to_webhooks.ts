import { inject } from '@adonisjs/core'
import type { Stretch } from '#core/activity/activity'
import { Job } from '#core/queue/job'
import Announce from '#notifications/actions/announce_to_webhooks'

@inject()
export default class AnnounceToWebhooks extends Job {
  static override readonly jobName = 'announce-to-webhooks'
  static override readonly queue = 'notifications'

  constructor(protected action: Announce) {
    super()
  }

  override async handle(stretch: Stretch) {
    await this.action.handle(stretch)
  }
}
