import { UUID } from '#core/database/uuid'

/** A path parameter that is an id; any other text is a path that doesn't exist. */
export const uuid = { match: UUID }

/** A path parameter that counts from 1. */
export const ordinal = { match: /^[1-9]\d{0,8}$/, cast: Number }
