import { isCommonPassword } from '#users/domain/common_passwords'

/** Whose password it is to be: what everybody would try first. */
interface Owner {
  name: string
  email: string
}

export interface PasswordRefusal {
  rule: 'minLength' | 'maxLength' | 'commonPassword' | 'personalPassword'
  message: string
}

/** In characters as people count them (code points). */
export const PASSWORD_LENGTH = { min: 12, max: 128 }

const PRODUCT = 'finora'

/** Shorter words are part of too many good passwords. */
const SHORTEST_WORD = 4

const LOOKALIKES: Record<string, string> = {
  '0': 'o',
  '1': 'l',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  '$': 's',
  '!': 'i',
}

/**
 * Why a password is refused, or null: its length, that it leaked or is one of
 * those everybody uses (also with an ending such as `2026!`, twice, or in other
 * letters such as `p4ssw0rd`), or that it says who the owner is. There are no
 * rules of composition (NIST SP 800-63B-4, 3.1.1.2).
 */
export function passwordRefusal(password: string, owner: Owner): PasswordRefusal | null {
  const length = [...password].length
  if (length < PASSWORD_LENGTH.min) {
    return refusal('minLength', `The password must have at least ${PASSWORD_LENGTH.min} characters`)
  }
  if (length > PASSWORD_LENGTH.max) {
    return refusal('maxLength', `The password must have at most ${PASSWORD_LENGTH.max} characters`)
  }
  if (isPersonal(password, owner)) {
    return refusal(
      'personalPassword',
      'The password must not be your name, your e-mail address or the name of this product'
    )
  }
  if (isCommon(password)) {
    return refusal('commonPassword', 'The password is too common, or has leaked elsewhere')
  }
  return null
}

function refusal(rule: PasswordRefusal['rule'], message: string): PasswordRefusal {
  return { rule, message }
}

function isPersonal(password: string, { name, email }: Owner) {
  const [local] = email.split('@')
  const words = [email, local, ...local.split(/[.+_-]/), name, ...name.split(/\s+/), PRODUCT]
  return words.some((word) => isMainPart(bare(word), bare(password)))
}

/** True when what else is in the password is no longer than the word itself. */
function isMainPart(word: string, password: string) {
  if ([...word].length < SHORTEST_WORD || !password.includes(word)) return false
  const rest = password.replaceAll(word, '')
  return rest.length * 2 <= password.length
}

function isCommon(password: string) {
  const text = folded(password)
  const unit = repeatedUnit(text)
  if ([...unit].length <= SHORTEST_WORD || isRun(text)) return true

  const core = text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  const candidates = [text, unit, ...(core.length * 2 >= text.length ? [core] : [])]
  return candidates.some((each) => isCommonPassword(each) || isCommonPassword(unmasked(each)))
}

/** The shortest text that, said again and again, makes this one: `abab` gives `ab`. */
function repeatedUnit(text: string) {
  return text.slice(0, (text + text).indexOf(text, 1))
}

/** Characters that follow each other, but for two: `abcdefghijkl`, `123456789012`. */
function isRun(text: string) {
  const codes = [...text].map((character) => character.codePointAt(0)!)
  const steps = codes.slice(1).map((code, index) => code - codes[index])
  return [1, -1].some((step) => steps.filter((each) => each === step).length >= steps.length - 1)
}

function unmasked(text: string) {
  return [...text].map((character) => LOOKALIKES[character] ?? character).join('')
}

function bare(text: string) {
  return folded(text).replace(/[^\p{L}\p{N}]/gu, '')
}

function folded(text: string) {
  return text.normalize('NFKC').toLowerCase()
}
