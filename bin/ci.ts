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
import { drift } from './services/drift.ts'
import { Proof } from './services/proof.ts'

const ts = '--import=@poppinss/ts-exec'
const development = { NODE_ENV: 'development' }
const production = { NODE_ENV: 'production' }
const proof = new Proof()

await proof.step('Formatting', 'node_modules/prettier/bin/prettier.cjs', '--check', '.')
await proof.step('Lint', 'node_modules/eslint/bin/eslint.js', '.')
await proof.step('Types', 'node_modules/typescript/bin/tsc', '--noEmit')
await proof.check('Generated code', () =>
  drift('.adonisjs', () => proof.node(development, 'ace.js', 'codegen'))
)

await proof.check('Migrations', () => proof.node(production, 'ace.js', 'migration:run', '--force'))
await proof.check('Schema classes', () =>
  drift('database/schema.ts', () => proof.node(development, 'ace.js', 'schema:generate'))
)

await proof.step('API document', 'ace.js', 'openapi:generate', '--check')

for (const suite of ['unit', 'functional', 'browser', 'faults']) {
  await proof.suite(suite, ts, 'bin/test.ts', suite)
}

await proof.step('Build', 'ace.js', 'build')
rmSync('build', { recursive: true, force: true })

proof.conclude()
