/** From this similarity on, in percent, two payees may be the same. */
export const SIMILAR = 50

/** What banks, card networks and registers of companies put beside a name. */
const NOISE = new Set(
  `ab ag and as bv co com corp card credit de debit der die das ec et ev girocard gmbh http https inc
  karte kartenzahlung kg klarna kk la lastschrift le llc ltd maestro mastercard mktp nv of ohg org oy
  paiement pago paypal payment plc pos purchase sa sagt danke sarl sas sepa shop spa sq square srl
  store stores stripe sumup the transfer uberweisung ug und visa www zahlung zettle`.split(/\s+/)
)

const LETTERS: Record<string, string> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd' }
const MOST_WORDS = 24
/** Below this, two words have merely some letters in common, in percent. */
const SAME_WORD = 60

/**
 * How much two texts name the same payee, in percent: how much of the shorter
 * one's words the longer one has. A person writes `Rewe` where the bank writes
 * `REWE SAGT DANKE 4711 BERLIN`. Case, accents, `ue` for `ü`, punctuation, legal
 * forms, numbers and words of payment don't count; typing errors behind the
 * first letter and lost vowels (`AMZN`) count little.
 */
export function payeeSimilarity(one: string, other: string): number {
  const [a, b] = [wordsOf(one), wordsOf(other)]
  const [lengthA, lengthB] = [lengthOf(a), lengthOf(b)]
  if (lengthA === 0 || lengthB === 0) return 0
  if (lengthA < lengthB) return coverage(a, b)
  if (lengthB < lengthA) return coverage(b, a)
  return Math.max(coverage(a, b), coverage(b, a))
}

function wordsOf(text: string): string[] {
  const words = text
    .toLowerCase()
    .replace(/[ßæœøłđ]/g, (letter) => LETTERS[letter])
    .normalize('NFKD')
    .replace(/[\p{M}'’.]+/gu, (mark) => (mark.includes('.') ? ' ' : ''))
    .replace(/([aou])e/g, '$1')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
  const telling = words.filter((word) => !NOISE.has(word) && !/^\d+$|\d.*\d.*\d/.test(word))
  return (telling.length > 0 ? telling : words).slice(0, MOST_WORDS)
}

/** Neighbours count as one word too: `Mc Donalds`, `Joe s`. */
function coverage(words: string[], those: string[]): number {
  const others = [...those, ...those.slice(1).map((word, at) => those[at] + word)]
  const covered = words.reduce(
    (sum, word) =>
      sum + word.length * Math.max(...others.map((other) => wordSimilarity(word, other))),
    0
  )
  return Math.round(covered / lengthOf(words))
}

function wordSimilarity(one: string, other: string): number {
  if (one === other) return 100
  const [short, long] = one.length < other.length ? [one, other] : [other, one]
  if (short.length >= 4 && long.startsWith(short)) return 100
  if (short.length >= 3 && short === skeleton(long)) return 90
  const shared = short[0] === long[0] ? dice(short, long) : 0
  return shared >= SAME_WORD ? shared : 0
}

/** The first letter and the consonants after it: `amazon` → `amzn`. */
function skeleton(word: string) {
  return word.slice(0, 1) + word.slice(1).replace(/[aeiouy]/g, '')
}

/** Sørensen–Dice coefficient of the pairs of letters, in percent. */
function dice(one: string, other: string) {
  const pairs = pairsOf(one)
  const total = pairs.length + Math.max(0, other.length - 1)
  const shared = pairsOf(other).filter((pair) => {
    const at = pairs.indexOf(pair)
    if (at !== -1) pairs.splice(at, 1)
    return at !== -1
  })
  return total === 0 ? 0 : Math.round((200 * shared.length) / total)
}

function pairsOf(word: string) {
  return Array.from({ length: Math.max(0, word.length - 1) }, (_, at) => word.slice(at, at + 2))
}

function lengthOf(words: string[]) {
  return words.reduce((sum, { length }) => sum + length, 0)
}
