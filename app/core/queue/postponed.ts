/**
 * Thrown by a job that others of its kind have to make room for. It comes again after a
 * while, later each time up to `longest` milliseconds, without using up an attempt.
 */
export class Postponed extends Error {
  constructor(
    why: string,
    readonly longest: number
  ) {
    super(why)
  }
}
