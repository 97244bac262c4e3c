import * as s from '#core/openapi/schema'
import { lifetimes } from '#config/jwt'
import { userSchema } from '#users/transformers/user_transformer'
import { signAccessToken } from '#auth/domain/access_token'
import type { Renewal } from '#auth/models/session'

const tokens = {
  tokenType: s.enumOf(['Bearer']),
  accessToken: s.text({ description: 'Sent as `Authorization: Bearer …`' }),
  expiresIn: s.integer({ description: 'Seconds until the access token expires' }),
  refreshToken: s.text({ description: 'Exchanged once for the next pair' }),
  refreshExpiresIn: s.integer({ description: 'Seconds until the refresh token expires' }),
}

export const tokenPairSchema = s.resource('TokenPair', tokens)
export const signedInSchema = s.resource('SignedIn', { ...tokens, user: userSchema })

/** What a client keeps of a session: a new access token beside its refresh token. */
export async function tokenPair(
  user: { id: string; role: string },
  { refreshToken, expiresIn }: Renewal
) {
  return {
    tokenType: 'Bearer' as const,
    accessToken: await signAccessToken(user, refreshToken.sessionId),
    expiresIn: lifetimes.accessToken,
    refreshToken: refreshToken.value,
    refreshExpiresIn: expiresIn,
  }
}
