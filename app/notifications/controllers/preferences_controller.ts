import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { records } from '#core/database/records'
import { ifMatch, sendWithEtag, versionOf } from '#core/http/etag'
import { operation } from '#core/openapi/operation'
import ChangePreferences from '#notifications/actions/change_preferences'
import NotificationPreferences from '#notifications/models/notification_preferences'
import PreferencesTransformer, {
  preferencesSchema,
} from '#notifications/transformers/preferences_transformer'
import { preferencesValidator } from '#notifications/validators/notification_validators'

@inject()
export default class PreferencesController {
  constructor(protected changePreferences: ChangePreferences) {}

  @operation({
    summary: 'How you want to be notified',
    responses: { 200: preferencesSchema },
    etag: true,
  })
  async show(ctx: HttpContext) {
    const [kept] = await ctx.caller.read((reader) =>
      records(reader, NotificationPreferences.query())
    )
    return this.#send(ctx, kept ?? NotificationPreferences.usual(ctx.caller.userId))
  }

  @operation({
    summary: 'Change how you want to be notified',
    description: [
      'Replaces everything; a kind that is not named goes where it usually goes.',
      '',
      'Quiet hours hold mails back until they are over, by the clock of their zone, which in the',
      'nights when it is changed makes them an hour longer or shorter; the list and live streams',
      'are not held up, nor is the mail of `sign_in.new`, which can’t be switched off.',
      '',
      'A digest gathers the mails of everything but `sign_in.new` and `alert.triggered`: what you',
      'have not read, and your income, expenses and balances. It comes at its hour, quiet or not,',
      'and to a confirmed address only, begins where the one before ended, and goes back 8 days at',
      'most. What still waits for one when it is switched off is mailed at once, in a last one.',
    ].join('\n'),
    request: { body: preferencesValidator },
    responses: { 200: preferencesSchema },
    etag: true,
  })
  async update(ctx: HttpContext) {
    const preferences = await this.changePreferences.handle({
      actor: ctx.auth.getUserOrFail(),
      wishes: await ctx.request.validateUsing(preferencesValidator),
      precondition: ifMatch(ctx.request),
    })
    return this.#send(ctx, preferences)
  }

  #send(ctx: HttpContext, preferences: NotificationPreferences) {
    const body = PreferencesTransformer.transform(preferences)
    return sendWithEtag(ctx, versionOf(preferences), body)
  }
}
