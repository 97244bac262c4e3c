/*
| Writes `resources/passwords/common.bin` from a list of leaked passwords, most
| used first, one a line:
|
|   gunzip -c passwords.txt.gz | node bin/bundle_passwords.ts
|
| Each is kept as the first five bytes of its SHA-256, sorted. That is enough to
| recognise it, says a wrong word once in ten million passwords, needs no parsing
| at start, and spells out nothing that people would rather not read in a source.
*/
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

const DIGEST_BYTES = 5

/** Passwords this long are known in full; shorter ones only when they are much used. */
const FULL_LENGTH = 12
const SHORTER = { from: 5, most: 100_000 }

const lines = await text(process.stdin)
const all = lines.split('\n').map((line) => line.trim().toLowerCase())
const full = all.filter((line) => line.length >= FULL_LENGTH)
const shorter = all
  .filter((line) => line.length >= SHORTER.from && line.length < FULL_LENGTH && /\p{L}/u.test(line))
  .slice(0, SHORTER.most)

const digests = [...new Set([...full, ...shorter])]
  .map((line) => createHash('sha256').update(line).digest().subarray(0, DIGEST_BYTES))
  .toSorted(Buffer.compare)

const file = join(import.meta.dirname, '../resources/passwords/common.bin')
writeFileSync(file, Buffer.concat(digests))
console.log(`${new Set(full).size} long and ${new Set(shorter).size} shorter passwords`)
