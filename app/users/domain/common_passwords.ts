import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import app from '@adonisjs/core/services/app'

const DIGEST_BYTES = 5

let digests: Buffer | undefined

/**
 * Whether the text, in lower case, is a password that many people have used or
 * that leaked: 12,000 of twelve characters and more, 87,000 shorter ones. The
 * file holds sorted digests, so a look-up is a binary search in half a megabyte
 * (bin/bundle_passwords.ts; from SecLists by Daniel Miessler, MIT).
 */
export function isCommonPassword(text: string): boolean {
  digests ??= readFileSync(app.makePath('resources/passwords/common.bin'))
  const wanted = createHash('sha256').update(text).digest().subarray(0, DIGEST_BYTES)

  let [low, high] = [0, digests.length / DIGEST_BYTES]
  while (low < high) {
    const middle = (low + high) >>> 1
    const order = wanted.compare(digests, middle * DIGEST_BYTES, (middle + 1) * DIGEST_BYTES)
    if (order === 0) return true
    if (order < 0) high = middle
    else low = middle + 1
  }
  return false
}
