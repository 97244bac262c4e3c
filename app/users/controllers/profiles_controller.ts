import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { operation } from '#core/openapi/operation'
import { ifMatch, sendWithEtag, versionOf } from '#core/http/etag'
import ChangeProfile from '#users/actions/change_profile'
import RequestErasure from '#users/actions/request_erasure'
import UserTransformer, { userSchema } from '#users/transformers/user_transformer'
import { eraseUserValidator } from '#users/validators/erasure_validator'
import { updateProfileValidator } from '#users/validators/profile_validator'
import type User from '#users/models/user'

@inject()
export default class ProfilesController {
  constructor(
    protected changeProfile: ChangeProfile,
    protected requestErasure: RequestErasure
  ) {}

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

  @operation({
    summary: 'Erase your account',
    description:
      'Takes effect at once: every session ends and nobody can sign in. Everything of yours is erased a little later, files and imports too; the audit log keeps entries under an id that no longer leads to anybody. It cannot be undone.',
    request: { body: eraseUserValidator },
    responses: { 202: { schema: null, description: 'The account is closed, its data is going' } },
  })
  async destroy({ auth, request, response }: HttpContext) {
    const { password } = await request.validateUsing(eraseUserValidator, { data: request.body() })
    await this.requestErasure.handle({ actor: auth.getUserOrFail(), password })
    return response.status(202).send(null)
  }

  async #send(ctx: HttpContext, user: User) {
    const body = UserTransformer.transform(user)
    return sendWithEtag(ctx, versionOf(user), body)
  }
}
