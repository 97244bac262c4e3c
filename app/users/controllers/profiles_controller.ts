import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { operation } from '#core/openapi/operation'
import { ifMatch, sendWithEtag, versionOf } from '#core/http/etag'
import ChangeProfile from '#users/actions/change_profile'
import UserTransformer, { userSchema } from '#users/transformers/user_transformer'
import { updateProfileValidator } from '#users/validators/profile_validator'
import type User from '#users/models/user'

@inject()
export default class ProfilesController {
  constructor(protected changeProfile: ChangeProfile) {}

  @operation({ summary: 'Your profile', responses: { 200: userSchema }, etag: true })
  async show(ctx: HttpContext) {
    return this.#send(ctx, await ctx.caller.user())
  }

  @operation({
    summary: 'Change your profile',
    request: { body: updateProfileValidator },
    responses: { 200: userSchema },
    etag: true,
  })
  async update(ctx: HttpContext) {
    const user = await this.changeProfile.handle({
      actor: ctx.auth.getUserOrFail(),
      changes: await ctx.request.validateUsing(updateProfileValidator),
      precondition: ifMatch(ctx.request),
    })
    return this.#send(ctx, user)
  }

  async #send(ctx: HttpContext, user: User) {
    const body = UserTransformer.transform(user)
    return sendWithEtag(ctx, versionOf(user), body)
  }
}
