/*
| Generated files that are committed must be what their generator writes today.
*/
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Outcome } from './proof.ts'
import { root } from './settings.ts'

function contents(path: string, found = new Map<string, string>()) {
  const entry = statSync(join(root, path), { throwIfNoEntry: false })
  if (entry?.isDirectory()) {
    readdirSync(join(root, path)).forEach((name) => contents(join(path, name), found))
  } else if (entry) {
    found.set(path, readFileSync(join(root, path), 'utf8'))
  }
  return found
}

/** Runs a generator and fails when it changed, added or removed a file under `path`. */
export async function drift(path: string, generate: () => Promise<Outcome>): Promise<Outcome> {
  const before = contents(path)
  const generated = await generate()
  if (generated.code !== 0) {
    return generated
  }

  const after = contents(path)
  const changed = [...new Set([...before.keys(), ...after.keys()])]
    .filter((file) => before.get(file) !== after.get(file))
    .map((file) => `  ${file}`)
  return changed.length
    ? {
        code: 1,
        output: ['Out of date, and now written anew; commit them:', ...changed].join('\n'),
      }
    : generated
}
