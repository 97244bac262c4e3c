import sax from 'sax'
import { bankRows } from '#tests/bench/bank_rows'
import { interleave } from '#tests/bench/measure'
import type { Options } from '#tests/bench/options'
import { Process, TS_EXEC, type Programs } from '#tests/bench/processes'
import type { Report } from '#tests/bench/report'
import type { Stage } from '#tests/bench/stage'
import { WRITERS, statementFile, type WrittenFormat } from '#tests/support/statement_files'
import { Tokenizer } from '#transactions/domain/statements/csv/tokenizer'
import { decoderFor } from '#transactions/domain/statements/encoding'
import {
  SAMPLE_BYTES,
  inspectStatement,
  readerFor,
} from '#transactions/domain/statements/inspection'
import { Mt940Fields } from '#transactions/domain/statements/mt940/mt940_fields'
import { TagScanner } from '#transactions/domain/statements/ofx/tag_scanner'
import { QifRecords } from '#transactions/domain/statements/qif/qif_records'

const ROWS = 100_000
const PIECE = 65_536

/** Takes text and finds the format's own units in it, without asking what they mean. */
type Parser = () => { push: (text: string) => unknown }

const tags: Parser = () => new TagScanner({ opened() {}, closed() {}, said() {} })
const xml: Parser = () => {
  const parser = sax.parser(true)
  return { push: (text) => parser.write(text) }
}

const PARSERS: Record<WrittenFormat, { name: string; make: Parser }> = {
  csv: { name: 'its tokenizer', make: () => new Tokenizer({ delimiter: ';', quote: '"' }) },
  ofx1: { name: 'its tag scanner', make: tags },
  ofx2: { name: 'its tag scanner', make: tags },
  qif: { name: 'its records', make: () => new QifRecords() },
  camt053: { name: 'sax', make: xml },
  mt940: { name: 'its fields', make: () => new Mt940Fields() },
}

/** Rows per second of each format's reader beside its parser alone, and the memory of a large file. */
export async function benchFormats(
  _stage: Stage,
  _programs: Programs,
  options: Options,
  report: Report
) {
  for (const format of Object.keys(WRITERS) as WrittenFormat[]) {
    const bytes = Buffer.from(statementFile(format, rowsOf(ROWS)))
    const { name, make } = PARSERS[format]
    const speeds = await interleave(
      {
        reader: async () => speedOf(() => assertRows(format, read(bytes))),
        parser: async () => speedOf(() => parse(bytes, make())),
      },
      { rounds: options.repeat, warmups: 2 }
    )
    report.compare({
      what: `${format} read`,
      unit: 'rows/s',
      values: speeds.reader,
      against: { what: `${name} alone`, values: speeds.parser },
    })
  }
  await benchMemory(report)
}

/** The worker's memory must not depend on how long a file is. */
async function benchMemory(report: Report) {
  const child = new Process('gigabyte', [TS_EXEC, 'tests/bench/gigabyte.ts'])
  const { small, large } = JSON.parse(await child.finished()) as { small: number; large: number }
  report.compare({
    what: 'Memory after 1 GB of CSV',
    unit: 'MB',
    values: [large],
    against: { what: 'after 100 MB', values: [small] },
    atMost: 1.1,
  })
}

function rowsOf(count: number) {
  return [...bankRows(count)].map(({ bankId, bookedOn, payee, notes, cents }) => ({
    id: bankId,
    day: bookedOn,
    payee,
    text: notes.replaceAll('\n', ' ') || 'Card payment',
    amount: cents,
  }))
}

function read(bytes: Buffer): number {
  const sample = bytes.subarray(0, SAMPLE_BYTES)
  const layout = inspectStatement(sample, { currency: 'EUR', complete: false })
  const reader = readerFor(layout, 'EUR')
  let rows = 0
  const count = (found: { ok: boolean }[]) => (rows += found.filter(({ ok }) => ok).length)
  for (let at = 0; at < bytes.length; at += PIECE)
    count(reader.push(bytes.subarray(at, at + PIECE)))
  count(reader.end())
  return rows
}

function parse(bytes: Buffer, parser: ReturnType<Parser>): void {
  const decoder = decoderFor('utf-8')
  for (let at = 0; at < bytes.length; at += PIECE) {
    parser.push(decoder.write(bytes.subarray(at, at + PIECE)))
  }
}

function speedOf(work: () => void): number {
  const startedAt = performance.now()
  work()
  return (ROWS * 1000) / (performance.now() - startedAt)
}

function assertRows(format: string, rows: number): void {
  if (rows !== ROWS) throw new Error(`${format} gave ${rows} rows instead of ${ROWS}`)
}
