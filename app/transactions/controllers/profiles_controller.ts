import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { recordOf } from '#core/database/records'
import { ifMatch, sendWithEtag, versionOf } from '#core/http/etag'
import { Keyset, PAGE_SIZE } from '#core/http/pagination'
import { operation } from '#core/openapi/operation'
import { list } from '#core/openapi/schema'
import ChangeProfile from '#transactions/actions/change_profile'
import CreateProfile from '#transactions/actions/create_profile'
import DeleteProfile from '#transactions/actions/delete_profile'
import ImportProfile from '#transactions/models/import_profile'
import { ProfileList } from '#transactions/queries/profile_list'
import ProfileTransformer, { profileSchema } from '#transactions/transformers/profile_transformer'
import {
  createProfileValidator,
  listProfilesValidator,
  updateProfileValidator,
} from '#transactions/validators/profile_validators'

const oldestFirst = new Keyset({ id: 'uuid' })

@inject()
export default class ProfilesController {
  constructor(
    protected profiles: ProfileList,
    protected createProfile: CreateProfile,
    protected changeProfile: ChangeProfile,
    protected deleteProfile: DeleteProfile
  ) {}

  @operation({
    summary: 'List mapping profiles',
    request: { query: listProfilesValidator },
    responses: { 200: list(profileSchema) },
  })
  async index({ caller, request }: HttpContext) {
    const query = await request.validateUsing(listProfilesValidator)
    const { limit = PAGE_SIZE, cursor, ...filters } = query
    const after = oldestFirst.after(cursor)?.id
    const rows = await caller.read((reader) =>
      this.profiles.handle(reader, filters, limit + 1, after)
    )
    const { data, meta } = oldestFirst.page(rows, limit)
    return { data: ProfileTransformer.transform(data), meta }
  }

  @operation({
    summary: 'Keep a mapping',
    description:
      'Files of the account with this header are read by it from now on, unless the upload brings ' +
      'a mapping. Without headers the profile is taken only by an upload that names it (a CSV), or ' +
      'by all files of the format.',
    request: { body: createProfileValidator },
    responses: { 201: profileSchema },
    errors: ['Conflict'],
    idempotent: true,
    etag: true,
  })
  async store(ctx: HttpContext) {
    const profile = await this.createProfile.handle({
      actor: ctx.auth.getUserOrFail(),
      ...(await ctx.request.validateUsing(createProfileValidator)),
    })
    ctx.response.status(201)
    return this.#send(ctx, profile)
  }

  @operation({ summary: 'A mapping profile', responses: { 200: profileSchema }, etag: true })
  async show(ctx: HttpContext) {
    const profile = await ctx.caller.read((reader) =>
      recordOf(reader, ImportProfile, ctx.params.id)
    )
    return this.#send(ctx, profile)
  }

  @operation({
    summary: 'Change a mapping profile',
    request: { body: updateProfileValidator },
    responses: { 200: profileSchema },
    etag: true,
  })
  async update(ctx: HttpContext) {
    const profile = await this.changeProfile.handle({
      actor: ctx.auth.getUserOrFail(),
      id: ctx.params.id,
      changes: await ctx.request.validateUsing(updateProfileValidator),
      precondition: ifMatch(ctx.request),
    })
    return this.#send(ctx, profile)
  }

  @operation({ summary: 'Forget a mapping profile', responses: { 204: null }, etag: true })
  async destroy({ auth, params, request, response }: HttpContext) {
    await this.deleteProfile.handle({
      actor: auth.getUserOrFail(),
      id: params.id,
      precondition: ifMatch(request),
    })
    return response.noContent()
  }

  async #send(ctx: HttpContext, profile: ImportProfile) {
    const body = ProfileTransformer.transform(profile)
    return sendWithEtag(ctx, versionOf(profile), body)
  }
}
