/*
| Reads a CSV of 1 GB that is made while it is read, as a worker would, and says
| how much memory that took at most, after the first 100 MB and at the end.
|
|   node --import=@poppinss/ts-exec tests/bench/gigabyte.ts     prints { small, large, rows }
*/
import { peakMegabytes } from '#tests/bench/processes'
import { WRITERS } from '#tests/support/statement_files'
import { inspectStatement, readerFor } from '#transactions/domain/statements/inspection'

const MEGABYTE = 1024 * 1024
const ROWS_IN_A_PIECE = 700

const { begin, row } = WRITERS.csv
const head = Buffer.from(begin + piece(0))
const reader = readerFor(inspectStatement(head, { currency: 'EUR', complete: false }), 'EUR')
let rows = reader.push(head).length
let bytes = head.length
let small = 0

for (let number = 1; bytes < 1024 * MEGABYTE; number++) {
  const next = Buffer.from(piece(number))
  bytes += next.length
  rows += reader.push(next).filter(({ ok }) => ok).length
  if (small === 0 && bytes > 100 * MEGABYTE) small = peakMegabytes(process.pid)
}
rows += reader.end().length
console.log(JSON.stringify({ small, large: peakMegabytes(process.pid), rows }))

function piece(number: number): string {
  const from = number * ROWS_IN_A_PIECE
  const lines = Array.from({ length: ROWS_IN_A_PIECE }, (_, index) =>
    row({
      id: `B${from + index}`,
      day: `2026-01-${10 + (index % 20)}`,
      payee: `Shop, ${index} & Söhne`,
      text: `Order ${from + index}; paid by card`,
      amount: -1 - index,
    })
  )
  return lines.join('')
}
