/**
 * Thrown by a job when something outside of Finora is away. The job waits,
 * longer each time, without using up an attempt, and gives up after a day.
 */
export class Unavailable extends Error {
  constructor(what: string, cause: unknown) {
    super(`${what} is away`, { cause })
  }
}
