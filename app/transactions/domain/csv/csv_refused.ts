export type RefusalReason =
  | 'empty'
  | 'encoding'
  | 'delimiter'
  | 'decimal'
  | 'dateFormat'
  | 'header'
  | 'unknownHeader'
  | 'missingField'
  | 'tooManyColumns'

/**
 * The file as a whole cannot be read, or only by guessing. The message says
 * which setting of the mapping answers the question.
 */
export class CsvRefused extends Error {
  override name = 'CsvRefused'

  constructor(
    readonly reason: RefusalReason,
    message: string
  ) {
    super(message)
  }
}
