import { RE2JS, RE2JSException, RE2JSSyntaxException } from 're2js'

/** The longest pattern, in characters. */
export const LONGEST_PATTERN = 200

/** Every character of a text can cost as many steps as a pattern has instructions. */
const MOST_INSTRUCTIONS = 200
const LOOKED_AT = 1_000

/** Why a pattern is not taken, as a sentence for whoever wrote it. */
export class PatternRefused extends Error {}

/**
 * A pattern somebody wrote, in the syntax of RE2: no input makes it slow, since
 * it never goes back. Finds it anywhere in the first 1,000 characters of a text,
 * whatever the case.
 *
 * @see https://github.com/google/re2/wiki/Syntax
 */
export class RulePattern {
  readonly #program: RE2JS

  /** @throws PatternRefused when RE2 doesn't take it, or it needs too many steps */
  constructor(pattern: string) {
    if (pattern.length > LONGEST_PATTERN) {
      throw new PatternRefused(`A pattern has at most ${LONGEST_PATTERN} characters`)
    }
    this.#program = compile(pattern.normalize('NFC'))
    if (this.#program.programSize() > MOST_INSTRUCTIONS) {
      throw new PatternRefused('The pattern is too large: it repeats too much')
    }
  }

  isFoundIn(text: string): boolean {
    return this.#program.test(text.normalize('NFC').slice(0, LOOKED_AT))
  }
}

function compile(pattern: string) {
  try {
    return RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE)
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error
    const reason = error instanceof RE2JSSyntaxException ? error.error : 'it is too large'
    throw new PatternRefused(`RE2 does not take the pattern: ${reason}`)
  }
}
