import { inject } from '@adonisjs/core'
import { Job } from '#core/queue/job'
import Resume from '#users/actions/resume_erasures'

@inject()
export default class ResumeErasures extends Job {
  static override readonly jobName = 'resume-erasures'
  static override readonly queue = 'files'

  constructor(protected resume: Resume) {
    super()
  }

  override async handle() {
    await this.resume.handle()
  }
}
