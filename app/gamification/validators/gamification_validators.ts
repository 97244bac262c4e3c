import vine from '@vinejs/vine'
import { pageParams } from '#core/http/pagination'
import { documented } from '#core/openapi/documented'

export const pointsValidator = vine.create(pageParams())

/** Letters of any script, digits, and what stands between words: no addresses, no markup. */
const NICKNAME = /^[\p{L}\p{N}]+(?:[ ._-][\p{L}\p{N}]+)*$/u

const participates = () => vine.boolean({ strict: true })

export const leaderboardParticipationValidator = vine.create({
  participates: participates(),
  nickname: vine
    .string()
    .trim()
    .minLength(3)
    .maxLength(30)
    .regex(NICKNAME)
    .use(documented({ type: 'string', minLength: 3, maxLength: 30, examples: ['Penny Wise'] }))
    .optional()
    .requiredWhen('participates', '=', true),
})
