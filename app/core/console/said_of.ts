import { errors } from '@vinejs/vine'
import { Problem } from '#core/http/problem'
import { UnknownQueue } from '#core/queue/queues'
import { Unavailable } from '#core/queue/unavailable'

/** What is the matter with a file that an operator names. */
const OF_FILES = new Set(['ENOENT', 'EISDIR', 'ENOTDIR', 'EACCES', 'EPERM', 'EROFS', 'ENOSPC'])

/**
 * What to tell an operator of an error they can do something about: wrong input, a
 * file that isn't there, a server that is away. Throws any other.
 */
export function saidOf(error: unknown): string {
  if (error instanceof errors.E_VALIDATION_ERROR) return sentencesOf(error.messages)
  if (error instanceof Problem && error.status < 500) {
    return error.errors ? sentencesOf(error.errors) : error.message
  }
  if (error instanceof Unavailable || error instanceof UnknownQueue) return error.message
  const { code = '', message } = error as NodeJS.ErrnoException
  if (OF_FILES.has(code)) return message
  throw error
}

function sentencesOf(messages: { message: string }[]): string {
  return messages.map(({ message }) => message).join('; ')
}
