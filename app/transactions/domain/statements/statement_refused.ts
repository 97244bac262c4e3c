export type RefusalReason =
  | 'empty'
  | 'format'
  | 'doctype'
  | 'encoding'
  | 'delimiter'
  | 'decimal'
  | 'dateFormat'
  | 'positive'
  | 'currency'
  | 'header'
  | 'unknownHeader'
  | 'missingField'
  | 'tooManyColumns'
  | 'tooLong'

/**
 * The file as a whole cannot be read, or only by guessing. The message says
 * which setting of the mapping answers the question.
 */
export class StatementRefused extends Error {
  override name = 'StatementRefused'

  constructor(
    readonly reason: RefusalReason,
    message: string
  ) {
    super(message)
  }
}
