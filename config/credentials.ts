import env from '#start/env'

const minutes = 60
const hours = 60 * minutes

/** Guessing passwords, and the tokens that are sent by mail. Times are seconds. */
export const credentials = {
  guesses: {
    /** How many wrong passwords lock an address. */
    allowed: env.get('SIGN_IN_GUESSES') ?? 5,

    /** For how long it stays locked, and after how long wrong ones are forgotten. */
    period: (env.get('SIGN_IN_LOCK_MINUTES') ?? 30) * minutes,

    /** For how long a sign-in waits for those that are looked at, before it is refused. */
    patience: 3,
  },

  /** How long the token of a mail works, counted from when the mail is sent. */
  verification: 24 * hours,
  passwordReset: 1 * hours,

  /** For so long after one was mailed no other is: it would end the one before. */
  pause: 5 * minutes,
}
