import { test } from '@japa/runner'
import fc from 'fast-check'
import { readerFor } from '#transactions/domain/statements/inspection'
import { readStatement } from '#tests/support/statements'
import {
  WRITERS,
  statementFile,
  type StatementRow,
  type WrittenFormat,
} from '#tests/support/statement_files'
import { work } from '#tests/support/work'

const FORMATS = Object.keys(WRITERS) as WrittenFormat[]

const word = fc.string({
  unit: fc.constantFrom(...'abcXYZ019 äßéŁ株🥐&<>\'".,;+-=()'.split(/(?:)/u)),
  maxLength: 20,
})
const text = word.map((words) => `a${words}z`.replace(/\s+/g, ' '))
const day = fc
  .integer({ min: 0, max: 700 })
  .map((days) => new Date(Date.UTC(2025, 0, 1 + days)).toISOString().slice(0, 10))
const rows = fc
  .array(
    fc.record({
      day,
      payee: text,
      text,
      amount: fc.integer({ min: -99_999_999, max: 99_999_999 }).filter((amount) => amount !== 0),
    }),
    { minLength: 1, maxLength: 12 }
  )
  .map((records) => records.map((row, index): StatementRow => ({ id: `R${index + 1}`, ...row })))

/** What decides how days and amounts are read, where the rows alone could leave it open. */
const SURE = [
  { id: 'S1', day: '2026-01-31', payee: 'sure', text: 'sure', amount: -12_34 },
  { id: 'S2', day: '2026-01-31', payee: 'sure', text: 'sure', amount: 12_34 },
]

/** A piece of a letter tells too little of an encoding. */
const IN_UTF8 = { mapping: { encoding: 'utf-8' } }

const OFX = '<OFX><STMTTRN><MEMO>'
const MT940 = ':20:x\n:61:260131D1,NTRF\n:86:'
const CAMT = '<Document><BkToCstmrStmt><Stmt><Ntry>'

/** What a careless pattern or search would take for ever over. */
const HOSTILE: [
  format: 'ofx' | 'mt940' | 'camt053',
  start: string,
  more: string,
  title?: string,
][] = [
  ['ofx', OFX, '<!--'],
  ['ofx', OFX, '<![CDATA['],
  ['ofx', OFX, '< '],
  ['ofx', OFX, '<A '],
  ['ofx', OFX, '&#1'],
  ['mt940', '', '{1:'],
  ['mt940', MT940, '/EREF/'],
  ['mt940', `${MT940}/REMI/`, `${'/'.repeat(8_000)}x\n`, 'slashes'],
  ['mt940', ':20:x\n', `:61:260131D${'1'.repeat(8_000)}\u2028\n`, 'digits'],
  ['mt940', ':20:x\n', `:62F:C260131EUR${'1'.repeat(8_000)}x\n`, 'balances'],
  ['camt053', '', '<a>'],
  ['camt053', CAMT, '<Amt/>'],
  ['camt053', CAMT, '<!--'],
  ['camt053', '<Document ', 'a="b" '],
]

test.group('Statements of every format', () => {
  test('say the same in {format}')
    .with(FORMATS.map((format) => ({ format })))
    .run(({ assert }, { format }) => {
      fc.assert(
        fc.property(rows, (some) => {
          const all = [...SURE, ...some]

          const { rows: read } = readStatement(statementFile(format, all))

          assert.deepEqual(
            read.map((row) => row.ok && [row.number, row.draft.bookedOn, row.draft.amountMinor]),
            all.map((row, index) => [index + 1, row.day, row.amount])
          )
          assert.deepEqual(
            read.map((row) => row.ok && [row.draft.payee, row.draft.description]),
            all.map((row) => [row.payee.normalize(), row.text.normalize()])
          )
        }),
        { numRuns: 100 }
      )
    })

  test('may be cut at any byte: {format}')
    .with(FORMATS.map((format) => ({ format })))
    .run(({ assert }, { format }) => {
      fc.assert(
        fc.property(rows, fc.integer({ min: 1, max: 300 }), (some, pieces) => {
          const file = statementFile(format, [...SURE, ...some])

          assert.deepEqual(readStatement(file, { pieces }), readStatement(file))
        }),
        { numRuns: 50 }
      )
    })

  test('keep what is whole of a cut {format}')
    .with(FORMATS.map((format) => ({ format })))
    .run(({ assert }, { format }) => {
      fc.assert(
        fc.property(rows, fc.nat({ max: 10_000 }), (some, place) => {
          const all = [...SURE, ...some]
          const file = Buffer.from(statementFile(format, all))
          const rowsBegin = Buffer.from(statementFile(format, SURE)).length
          const end = rowsBegin + (place % Math.max(1, file.length - rowsBegin))

          const { rows: read } = readStatement(file.subarray(0, end), IN_UTF8)

          const accepted = read.filter((row) => row.ok)
          assert.isTrue(accepted.every((row, index) => row.number === index + 1))
          for (const [index, row] of accepted.slice(0, -1).entries()) {
            assert.equal(row.draft.amountMinor, all[index].amount)
          }
          assert.isAtMost(read.length - accepted.length, 1)
        }),
        { numRuns: 100 }
      )
    })

  test('survive any bytes in {format}')
    .with(FORMATS.map((format) => ({ format })))
    .run(({ assert }, { format }) => {
      const { begin, row, end } = WRITERS[format]
      const noise = fc.uint8Array({ maxLength: 300 })
      fc.assert(
        fc.property(noise, (bytes) => {
          const start = begin + SURE.map(row).join('')
          const file = Buffer.concat([Buffer.from(start), bytes, Buffer.from(row(SURE[0]) + end)])

          const { rows: read } = readStatement(file, IN_UTF8)

          assert.isTrue(read.every(({ number }, index) => number === index + 1))
          assert.isTrue(read.slice(0, 1).every(({ ok }) => ok))
        }),
        { numRuns: 200 }
      )
    })

  test('come to an end in {format}: {title}')
    .with(HOSTILE.map(([format, start, more, title = more]) => ({ format, start, more, title })))
    .run(({ assert }, { format, start, more }) => {
      const file = start + more.repeat(Math.ceil(500_000 / more.length))
      const layout = { format, encoding: 'utf-8', confidence: { format: 1, encoding: 1 } }
      const reader = readerFor(layout, 'EUR')
      const worked = work()

      const read = [...reader.push(Buffer.from(file)), ...reader.end()]

      assert.isTrue(read.every(({ number }, index) => number === index + 1))
      assert.isBelow(worked(), 3_000)
    })
})
