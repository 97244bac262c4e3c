import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import app from '@adonisjs/core/services/app'

/** The files `/docs` is made of; nothing else is served from their folders. */
const files: Record<string, () => string> = {
  'swagger-ui.css': () => vendored('swagger-ui.css'),
  'swagger-ui-bundle.js': () => vendored('swagger-ui-bundle.js'),
  'favicon-32x32.png': () => vendored('favicon-32x32.png'),
  'docs.js': () => app.makePath('resources/assets/docs.js'),
  'docs.css': () => app.makePath('resources/assets/docs.css'),
}

const fingerprints = new Map<string, string>()

/** Where the asset lies on disk; undefined for a file that isn't one. */
export function assetPath(name: string): string | undefined {
  return Object.hasOwn(files, name) ? files[name]() : undefined
}

/** The address of an asset. It changes with the content, so it may be cached for ever. */
export function assetUrl(name: string): string {
  return `/docs/assets/${name}?v=${fingerprint(name)}`
}

function fingerprint(name: string): string {
  const known = fingerprints.get(name)
  if (known !== undefined) {
    return known
  }
  const content = readFileSync(files[name]())
  const made = createHash('sha256').update(content).digest('hex').slice(0, 12)
  fingerprints.set(name, made)
  return made
}

function vendored(name: string): string {
  return fileURLToPath(import.meta.resolve(`swagger-ui-dist/${name}`))
}
