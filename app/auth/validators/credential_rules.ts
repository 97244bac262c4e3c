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

/** `atext`, dots and the `@` (RFC 5322, 3.2.3): mail programs see one address and nothing beside it. */
const PLAIN = /^[\w.!#$%&'*+/=?^`{|}~@-]+$/

/**
 * An address to write to, in the spelling it is kept in: what stands for `@` or `,`
 * elsewhere in Unicode is one by then.
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
