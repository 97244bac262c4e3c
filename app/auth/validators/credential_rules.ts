import vine from '@vinejs/vine'
import { documented } from '#core/openapi/documented'
import { PASSWORD_LENGTH } from '#users/domain/password_policy'

const { min, max } = PASSWORD_LENGTH

const passwordLengthRule = vine.createRule((value, _options, field) => {
  if (typeof value !== 'string') return
  const length = [...value].length
  if (length < min) {
    field.report(`The {{ field }} field must have at least ${min} characters`, 'minLength', field)
  }
  if (length > max) {
    field.report(`The {{ field }} field must have at most ${max} characters`, 'maxLength', field)
  }
})

/** ASCII, without what mail programs take for a second address, or for a name beside one. */
const PLAIN = /^[^\s"(),:;<>[\\\]\u0080-\uffff]+$/

/**
 * An address to write to (RFC 5321, without quotes), in the spelling it is kept in:
 * what stands for `@` or `,` elsewhere in Unicode is one by then.
 */
export function emailAddress() {
  return vine
    .string()
    .parse((value) => (typeof value === 'string' ? value.normalize('NFKC') : value))
    .trim()
    .email()
    .regex(PLAIN)
    .maxLength(254)
}

/** What somebody typed to say who they are; unknown ones are answered like known ones. */
export function typedEmail() {
  return vine.string().trim().maxLength(254)
}

/** A password to be set. Whether it is too common, the domain knows. */
export function newPassword() {
  return vine
    .string()
    .use(passwordLengthRule())
    .use(documented({ type: 'string', minLength: min, maxLength: max }))
}

/** A password to be checked: a longer one is none, and costs no hash. */
export function knownPassword() {
  return vine.string().maxLength(1024)
}
