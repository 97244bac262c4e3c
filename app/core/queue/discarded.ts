/** What the outbox notes instead of an error of jobs that an operator threw away. */
export const DISCARDED = 'discarded'
