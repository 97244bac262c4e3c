import vine from '@vinejs/vine'
import { IANAZone } from 'luxon'

/** Postgres takes `+05:30` the other way round, and `CET` for an offset that knows no summer. */
const NAME = /^(?:UTC|[A-Za-z][\w+-]*(?:\/[\w+-]+)+)$/

const zoneRule = vine.createRule((value, _options, field) => {
  if (typeof value === 'string' && !(NAME.test(value) && IANAZone.isValidZone(value))) {
    field.report('The {{ field }} field must be a time zone: Europe/Zurich', 'timeZone', field)
  }
})

/** Any name that IANA has for a zone: Intl lists Calcutta, people live in Kolkata. */
export function timeZone() {
  return vine.string().use(zoneRule())
}
