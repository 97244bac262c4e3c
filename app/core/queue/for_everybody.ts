const NOBODY = '00000000-0000-0000-0000-000000000000'

/** Users that are looked for at a time. */
const BATCH = 500

/**
 * Does something for many users, some after the others. It goes on past those for whom it
 * fails, and throws the first of their errors in the end, so that the job comes again.
 *
 * @param next ids above the given one, in their order, so many at most
 */
export async function forEverybody(
  next: (after: string, limit: number) => Promise<string[]>,
  work: (userId: string) => Promise<unknown>
) {
  const failures: unknown[] = []
  for (let after: string | undefined = NOBODY; after;) {
    const users: string[] = await next(after, BATCH)
    for (const userId of users) {
      await work(userId).catch((error) => failures.push(error))
    }
    after = users.length === BATCH ? users.at(-1) : undefined
  }
  if (failures.length > 0) throw failures[0]
}
