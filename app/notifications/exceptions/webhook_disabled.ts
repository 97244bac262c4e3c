import { Conflict } from '#core/http/problem'

export default class WebhookDisabled extends Conflict {
  constructor() {
    super('The webhook is disabled. Enable it first.')
  }
}
