import { dependencyProblem } from '#core/http/database_problem'
import { Problem } from '#core/http/problem'

/**
 * Does the work for one element of a request's list, at this path (none if it stands
 * alone). What goes wrong is then said of that element: `operations.3.amount`.
 */
export async function within<T>(path: string | undefined, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const problem = error instanceof Problem ? error : dependencyProblem(error)
    throw path !== undefined && problem && problem.status < 500 ? problem.within(path) : error
  }
}
