import { createReadStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomUUIDv7 } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { writeStatement } from '#tests/bench/bank_rows'
import { buildFloor, clearFloor, FLOOR, settleFloor } from '#tests/bench/floors/schema'
import { copyRows, prepareRows } from '#tests/bench/floors/prepared_rows'
import { clearLedgers, moveIn, type Household } from '#tests/bench/household'
import { interleave, timed } from '#tests/bench/measure'
import type { Options } from '#tests/bench/options'
import { Process, type Programs } from '#tests/bench/processes'
import type { Report } from '#tests/bench/report'
import type { Stage } from '#tests/bench/stage'
import StartImport from '#transactions/actions/start_import'
import { importFiles } from '#transactions/services/import_files'

const MAPPING = {
  id: 'id',
  bookedOn: 'date',
  account: 'account',
  payee: 'payee',
  notes: 'notes',
  category: 'category',
  amount: 'amount',
  currency: 'currency',
}

/** Imports of each size, beside COPY of prepared rows and the pipeline written by hand. */
export async function benchImports(
  stage: Stage,
  programs: Programs,
  options: Options,
  report: Report
) {
  const folder = await mkdtemp(join(tmpdir(), 'finora-bench-'))
  const household = await moveIn('imports')
  const importId = randomUUIDv7()
  const keys = await buildFloor(stage.owner)
  await settleFloor(stage.owner, household, importId)

  const finora = new Map<number, number[]>()
  for (const size of options.sizes) {
    const statement = join(folder, `${size}.csv`)
    const unique = await writeStatement(statement, size)
    const prepared = prepareRows(size, household, importId)
    const memory: number[] = []
    const handMemory: number[] = []

    const times = await interleave(
      {
        copy: async () => {
          await clearFloor(stage.owner)
          return timed(() => copyRows(stage.owner, `${FLOOR}.transactions`, prepared))
        },
        byHand: async () => {
          await clearFloor(stage.owner)
          const { ms, rows, peak } = await runPipeline(statement, household, importId)
          assertCount('the pipeline', rows, unique)
          handMemory.push(peak)
          return ms
        },
        finora: async () => {
          await clearLedgers(stage.owner)
          const { ms, imported, peak } = await runImport(stage, programs, household, statement)
          assertCount('the import', imported, unique)
          memory.push(peak)
          return ms
        },
      },
      { rounds: options.repeat, warmups: size === options.sizes[0] ? 1 : 0 }
    )
    finora.set(size, times.finora)

    const what = `Import of ${size.toLocaleString('en')} rows`
    const atMost = size === 100_000 ? 1.7 : undefined
    const pipeline = `Node → COPY by hand, ${keys} foreign keys`
    report.compare({
      what,
      unit: 'ms',
      values: times.finora,
      against: { what: pipeline, values: times.byHand },
      atMost,
    })
    report.compare({
      what,
      unit: 'ms',
      values: times.finora,
      against: { what: 'COPY of prepared rows', values: times.copy },
    })
    report.compare({
      what: `… memory of the worker`,
      unit: 'MB',
      values: memory,
      against: { what: 'memory of that pipeline', values: handMemory },
    })
    report.limit({ what: '… memory of the worker', unit: 'MB', values: memory, atMost: 250 })
  }

  const [small, large] = [finora.get(100_000), finora.get(300_000)]
  if (small && large) {
    report.compare({
      what: 'Import of 300,000 rows',
      unit: 'ms',
      values: large,
      against: { what: 'import of 100,000 rows', values: small },
      atMost: 3.3,
    })
  }
  await stage.owner.query(`DROP SCHEMA ${FLOOR} CASCADE`)
  await rm(folder, { recursive: true })
}

async function runPipeline(statement: string, { user }: Household, importId: string) {
  const script = 'tests/bench/floors/pipeline.ts'
  const child = new Process('pipeline', [script, statement, user.id, importId])
  return JSON.parse(await child.finished()) as { ms: number; rows: number; peak: number }
}

/** Time from the worker's first look at the import to its completion, as the database has them. */
async function runImport(
  { system }: Stage,
  programs: Programs,
  { user, accounts }: Household,
  statement: string
) {
  const worker = new Process('worker', [...programs.worker, '--queues=csv-import'], {
    LOG_LEVEL: 'info',
  })
  await worker.says('worker started')
  try {
    const file = await importFiles.store(user.id, createReadStream(statement), 'statement.csv')
    const { id } = await new StartImport().handle({
      actor: user,
      file,
      accountId: accounts.get('Checking')!,
      format: 'csv',
      mapping: MAPPING,
      dryRun: false,
    })
    for (;;) {
      const { rows } = await system.query(
        `SELECT status, error, imported_rows AS imported,
           extract(epoch FROM finished_at - started_at)::float8 * 1000 AS ms
         FROM imports WHERE id = $1`,
        [id]
      )
      const [{ status, error, ms, imported }] = rows
      if (status === 'failed') throw new Error(`the import failed: ${JSON.stringify(error)}`)
      if (status === 'completed') return { ms, imported, peak: worker.peakMegabytes }
      await sleep(100)
    }
  } finally {
    await worker.stop()
  }
}

function assertCount(who: string, rows: number, expected: number) {
  if (rows !== expected) throw new Error(`${who} stored ${rows} rows instead of ${expected}`)
}
