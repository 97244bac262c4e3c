import { destination } from '@adonisjs/core/logger'

/** How much is written in one go, at most this long after it was said (milliseconds). */
const BYTES = 4_096
const DELAY = 100

/** What waits for whoever reads the pipe, at most (bytes); what comes then is lost. */
const MOST_WAITING = 16 * 2 ** 20

/**
 * Where log lines go: to a file descriptor or a path, many in one write. A write of
 * its own costs a line more than everything else, and waits for whoever reads the
 * pipe. A process that ends, by itself or by an error, writes what is left; one that
 * is killed with -9 takes a tenth of a second of log with it.
 */
export function logOutput(to: number | string = process.stdout.fd) {
  return destination({
    dest: to,
    sync: false,
    minLength: BYTES,
    maxLength: MOST_WAITING,
    periodicFlush: DELAY,
  })
}
