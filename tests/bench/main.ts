/*
|--------------------------------------------------------------------------
| npm run bench
|--------------------------------------------------------------------------
|
| Measures Finora beside the floors below it, in one run on one machine, and
| compares: times differ from machine to machine, ratios hardly do. Prints one
| table and writes tmp/bench.json.
|
*/
import 'reflect-metadata'
import { readOptions } from '#tests/bench/options'
import { buildPrograms, FROM_SOURCE, ROOT } from '#tests/bench/processes'
import { Report } from '#tests/bench/report'
import { openStage } from '#tests/bench/stage'

process.env.TZ = 'UTC'
process.once('SIGTERM', () => process.exit(143))
process.once('SIGINT', () => process.exit(130))

const options = readOptions(process.argv.slice(2))
const report = new Report()
const programs = await step('build', () => (options.build ? buildPrograms() : FROM_SOURCE))
const stage = await openStage()
const { benchImports } = await import('#tests/bench/imports')
const { benchFormats } = await import('#tests/bench/formats')
const { benchRules } = await import('#tests/bench/rules')
const { benchReads } = await import('#tests/bench/reads')
const { benchHttp } = await import('#tests/bench/http')
const { benchWrites } = await import('#tests/bench/writes')
const { benchSignIns } = await import('#tests/bench/sign_ins')
const { benchJobs } = await import('#tests/bench/jobs')

const sections = {
  'import': benchImports,
  'formats': benchFormats,
  'rules': benchRules,
  'reads': benchReads,
  'http': benchHttp,
  'writes': benchWrites,
  'sign-ins': benchSignIns,
  'jobs': benchJobs,
}

try {
  for (const section of options.sections) {
    await step(section, () => sections[section](stage, programs, options, report))
  }
} finally {
  await stage.close()
}
report.print()
await report.save(`${ROOT}tmp`, options)
process.exit()

async function step<T>(name: string, work: () => T | Promise<T>) {
  const startedAt = Date.now()
  const result = await work()
  console.log(`${name.padEnd(8)} ${Math.round((Date.now() - startedAt) / 1000)} s`)
  return result
}
