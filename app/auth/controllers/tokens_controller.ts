import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Keyset, PAGE_SIZE } from '#core/http/pagination'
import { operation } from '#core/openapi/operation'
import { list } from '#core/openapi/schema'
import CreateToken from '#auth/actions/create_token'
import RevokeToken from '#auth/actions/revoke_token'
import { TokenList } from '#auth/queries/token_list'
import TokenTransformer, {
  createdTokenSchema,
  personalAccessTokenSchema,
} from '#auth/transformers/personal_access_token_transformer'
import { createTokenValidator, listTokensValidator } from '#auth/validators/token_validators'

const oldestFirst = new Keyset({ id: 'uuid' })

@inject()
export default class TokensController {
  constructor(
    protected tokens: TokenList,
    protected createToken: CreateToken,
    protected revokeToken: RevokeToken
  ) {}

  @operation({
    summary: 'List personal access tokens',
    request: { query: listTokensValidator },
    responses: { 200: list(personalAccessTokenSchema) },
  })
  async index({ caller, request }: HttpContext) {
    const { limit = PAGE_SIZE, cursor } = await request.validateUsing(listTokensValidator)
    const rows = await caller.read((reader) =>
      this.tokens.handle(reader, limit + 1, oldestFirst.after(cursor)?.id)
    )
    const { data, meta } = oldestFirst.page(rows, limit)
    return { data: TokenTransformer.transform(data), meta }
  }

  @operation({
    summary: 'Create a personal access token',
    description:
      'In the first ten minutes of a session. The token reads your data, and with `write` changes it; it never reaches `/auth`, your password or your profile.',
    request: { body: createTokenValidator },
    responses: { 201: createdTokenSchema },
    errors: ['Forbidden'],
    idempotent: true,
  })
  async store({ auth, request, response }: HttpContext) {
    const payload = await request.validateUsing(createTokenValidator)
    const { user, sessionId } = auth.use('jwt')
    const { token, secret } = await this.createToken.handle({
      actor: user!,
      sessionId: sessionId!,
      ...payload,
    })
    return response.created({ ...TokenTransformer.transform(token), token: secret })
  }

  @operation({
    summary: 'Revoke a personal access token',
    description: 'It is refused at once.',
    responses: { 204: null },
  })
  async destroy({ auth, params, response }: HttpContext) {
    await this.revokeToken.handle({ actor: auth.getUserOrFail(), id: params.id })
    return response.noContent()
  }
}
