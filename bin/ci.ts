/*
|--------------------------------------------------------------------------
| The proof
|--------------------------------------------------------------------------
|
| Everything that must hold before a change is merged, in the order in which it
| is cheapest to learn that it does not. `npm test` runs this file with fresh
| services around it. A failed step shows its output and the rest still runs;
| the last line counts tests, and failed steps as failed tests.
|
*/
import { rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { drift } from './services/drift.ts'
import { freePort } from './services/ports.ts'
import { Proof } from './services/proof.ts'

const development = { NODE_ENV: 'development' }
const production = { NODE_ENV: 'production' }
const API_DOCUMENT = 'docs/openapi.json'
const BUILD = 'build'

const proof = new Proof()

await Promise.all([
  proof.step('Formatting', 'node_modules/prettier/bin/prettier.cjs', '--check', '.'),
  proof.step('Lint', 'node_modules/eslint/bin/eslint.js', '.'),
  proof.step('Types', 'node_modules/typescript/bin/tsc', '--noEmit'),
])
await proof.step('Build', 'ace.js', 'build')

await proof.check('Generated code', () =>
  drift('.adonisjs', () => proof.node(development, 'ace.js', 'codegen'))
)

await proof.check('Migrations', () => proof.node(production, 'ace.js', 'migration:run', '--force'))
await proof.check('Schema classes', () =>
  drift('database/schema.ts', () => proof.node(development, 'ace.js', 'schema:generate'))
)

await proof.step('API document', 'ace.js', 'openapi:generate', '--check')
await proof.step('API lint', 'node_modules/@redocly/cli/bin/cli.js', 'lint', API_DOCUMENT)
await proof.check('API client', () =>
  drift('clients/typescript/src', () => proof.node({}, 'clients/typescript/generate.ts'))
)

await Promise.all([faults(), otherSuites()])
rmSync(BUILD, { recursive: true, force: true })

proof.conclude()

/**
 * They mostly wait, and so run beside the others: on a database, files and a port of their
 * own. The many processes they start are those of the build, as operators start them.
 */
async function faults() {
  const apart = {
    FINORA_BUILD: BUILD,
    NODE_COMPILE_CACHE: resolve(BUILD, '.compile-cache'),
    DB_DATABASE: process.env.DB_DATABASE!.replace(/_test$/, '_faults'),
    PORT: String(await freePort()),
  }
  await proof.suite('faults', apart, 'bin/with_services.ts', 'test')
}

async function otherSuites() {
  for (const suite of ['unit', 'functional', 'browser']) {
    await proof.suite(suite, {}, '--import=@poppinss/ts-exec', 'bin/test.ts')
  }
}
