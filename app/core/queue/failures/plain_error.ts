import { UnrecoverableError } from 'bullmq'
import { framesOf } from '#core/logs/error_serializer'
import { plainReason } from '#core/queue/failures/plain_reason'

/**
 * What Redis may keep of an error: its name, its plain reason and where it was thrown.
 * Whether trying again is of use stays as it is.
 */
export function plainError(thrown: unknown): Error {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown))
  const reason = plainReason(error)
  const plain =
    error instanceof UnrecoverableError ? new UnrecoverableError(reason) : new Error(reason)
  plain.name = error.name
  plain.stack = `${plain.name}: ${reason}\n${framesOf(error)}`
  return plain
}
