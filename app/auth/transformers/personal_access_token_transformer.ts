import { Transformer } from '#core/http/transformer'
import * as s from '#core/openapi/schema'
import type PersonalAccessToken from '#auth/models/personal_access_token'

const fields = {
  id: s.id(),
  name: s.text(),
  prefix: s.text({ description: 'What the token begins with', examples: ['fin_pat_k3Jx9Q'] }),
  scopes: s.array(s.enumOf(['read', 'write']), { description: '`write` includes `read`' }),
  expiresAt: s.nullable(s.instant()),
  lastUsedAt: s.nullable(s.instant({ description: 'To the minute' })),
  createdAt: s.instant(),
}

export const personalAccessTokenSchema = s.resource('PersonalAccessToken', fields)

export const createdTokenSchema = s.resource('CreatedPersonalAccessToken', {
  ...fields,
  token: s.text({ description: 'Sent as `Authorization: Bearer fin_pat_…`. Not shown again.' }),
})

export default class PersonalAccessTokenTransformer extends Transformer<PersonalAccessToken> {
  toObject() {
    return {
      id: this.resource.id,
      name: this.resource.name,
      prefix: this.resource.prefix,
      scopes: this.resource.scopes,
      expiresAt: this.resource.expiresAt?.toUTC().toISO() ?? null,
      lastUsedAt: this.resource.lastUsedAt?.toUTC().toISO() ?? null,
      createdAt: this.resource.createdAt.toUTC().toISO()!,
    }
  }
}
