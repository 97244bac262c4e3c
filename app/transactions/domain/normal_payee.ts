import { fold } from '#transactions/domain/rule_conditions'
import {
  CITIES,
  COLLECTORS,
  COLLECTORS_BY_NAME,
  COMMON,
  COUNTRIES,
  NUMBERED,
  WAYS_TO_PAY,
} from '#transactions/domain/payee_words'

/** What remains changes at most as often as something new stands at an end of it. */
const MOST_PASSES = 5

const WEB = /(?<=^|\s)(?:https?:\/\/)?(?:www\.)?/gu
const PLACE = /\s*(?:\/\/|\\).*$/u
const MASK = /^(?:\d{4,6})?[x*•#-]*[x*•#]{2,}[x*•#\d-]*$/u
const MONTHS = 'jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez'
const DATE = new RegExp(
  String.raw`^(?:\d{1,2}[./-]\d{1,2}(?:[./-](?:\d{4}|\d{2})?)?|\d{4}-\d\d-\d\d(?:t.*)?|\d{1,2}(?:${MONTHS})\d{0,4})$`,
  'u'
)
const TIME = /^\d{1,2}(?::\d{2}){1,2}(?:uhr)?$|^\d{1,2}h\d{2}$|^uhr$/u
const POSTCODE = /^(?:[a-z]{1,2}-)?\d{4,5}$/u
const NUMBER = /^#?[\d./-]*\d[\d./-]*$/u
const BRANCH = /(?<=\p{L})[-#]\d{3,}$/u
const ENDS = /^[.:/-]+|[.:/-]+$/gu
const LETTER = /\p{L}/u

/**
 * The name in a payee as a bank prints it, in lower case, the same for each
 * payment: without the way it was paid, collectors (`PAYPAL *`), masked cards,
 * dates, times, references and, where they are plain to see, places. Rather too
 * much stays than too little: branches of a chain may become one, two shops must
 * not. Null for a text that could be anybody's.
 */
export function normalPayee(text: string): string | null {
  let words = wordsOf(fold(text).trim().replace(WEB, '').replace(PLACE, ''))
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    const fewer = withoutReferences(withoutPlace(withoutWayToPay(words)))
    if (fewer.length === words.length) break
    words = fewer
  }
  const isAnybodys = words.every((word) => COMMON.has(word) || !LETTER.test(word))
  return isAnybodys || COLLECTORS_BY_NAME.has(words[0]) ? null : words.join(' ')
}

/** `AMZN MKTP DE*MK4TU9XV5` ends at the asterisk, `UBER *EATS` doesn't; a collector goes with it. */
function wordsOf(text: string): string[] {
  const [, collector, rest] = /^([^*]+?)\s*\*+\s*(\S.*)$/u.exec(text) ?? []
  if (collector && COLLECTORS.has(collector.replace(/[\s_-]+/gu, ''))) return wordsOf(rest)

  return text
    .split(/[\s,;|]+/u)
    .flatMap((word) => (MASK.test(word) ? word : starred(word)))
    .map((word) => word.replace(BRANCH, '').replace(ENDS, (ends) => (ends === '.' ? ends : '')))
    .filter((word) => /[^.]/u.test(word))
}

function starred(word: string) {
  const [first, ...references] = word.split('*')
  return [first, ...references.filter((part) => !/\d/u.test(part))]
}

function withoutWayToPay(words: string[]) {
  const text = words.join(' ')
  const way = WAYS_TO_PAY.find((each) => text.startsWith(`${each} `))
  if (!way) return words
  const rest = words.slice(way.split(' ').length)
  return rest.slice(
    Math.max(
      0,
      rest.findIndex((word) => !NUMBER.test(word))
    )
  )
}

/** A postcode and what follows it, or a country and the large city before it. */
function withoutPlace(words: string[]) {
  const postcode = words.findLastIndex((word) => POSTCODE.test(word))
  const places = words.slice(postcode + 1)
  const isAddress = postcode > 0 && places.length > 0 && places.length <= 3
  if (isAddress && places.every((word) => !/\d/u.test(word))) {
    return named(words.slice(0, postcode), words)
  }
  if (words.length < 2 || !COUNTRIES.has(words.at(-1)!)) return words

  const withoutCountry = named(words.slice(0, -1), words)
  return CITIES.has(withoutCountry.at(-1)!)
    ? named(withoutCountry.slice(0, -1), withoutCountry)
    : withoutCountry
}

/** What is left only if it still names somebody. */
function named(left: string[], words: string[]) {
  return left.every((word) => COMMON.has(word)) ? words : left
}

function withoutReferences(words: string[]) {
  return words.filter((word, position) => {
    const isNumbered = position > 1 && NUMBERED.has(words[position - 1]) && NUMBER.test(word)
    const numbers = NUMBERED.has(word) && NUMBER.test(words[position + 1] ?? '') && position > 0
    return !isNumbered && !numbers && !isReference(word, position === 0)
  })
}

/** What differs from payment to payment. A name may begin with a number: `1001 Nuits`. */
function isReference(word: string, isFirst: boolean) {
  if (MASK.test(word)) return true
  const digits = word.replace(/\D/gu, '').length
  if (word.startsWith('#') && digits > 0) return true
  if (NUMBER.test(word) && digits >= 5) return true
  if (isFirst) return false
  if (word === '24/7') return false
  if (DATE.test(word) || TIME.test(word)) return true
  return digits >= 4 || (digits === 3 && (NUMBER.test(word) || word.length >= 6))
}
