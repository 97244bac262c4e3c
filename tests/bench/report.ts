import { mkdir, writeFile } from 'node:fs/promises'
import { cpus, release, totalmem } from 'node:os'
import { median, ratioOf } from '#tests/bench/measure'

type Unit = 'ms' | 'req/s' | 'rows/s' | 'jobs/s' | 'MB'

interface Figure {
  what: string
  unit: Unit
  /** One value per round. */
  values: number[]
}

export interface Comparison extends Figure {
  against: { what: string; values: number[] }
  atMost?: number
  atLeast?: number
}

interface Line {
  what: string
  median: number
  unit: Unit
  against: string | null
  floor: number | null
  ratio: number | null
  target: string | null
  met: boolean | null
}

/** Collects what was measured and shows it as one table. */
export class Report {
  readonly #lines: Line[] = []

  compare({ what, unit, values, against, atMost, atLeast }: Comparison) {
    const ratio = ratioOf(values, against.values)
    const hasTarget = atMost !== undefined || atLeast !== undefined
    this.#lines.push({
      what,
      unit,
      median: median(values),
      against: against.what,
      floor: median(against.values),
      ratio,
      target: hasTarget ? (atMost ? `≤ ${atMost}×` : `≥ ${atLeast}×`) : null,
      met: hasTarget ? ratio <= (atMost ?? Infinity) && ratio >= (atLeast ?? 0) : null,
    })
  }

  /** A figure with a limit of its own instead of a floor. */
  limit({ what, unit, values, atMost }: Figure & { atMost?: number }) {
    const middle = median(values)
    this.#lines.push({
      what,
      unit,
      median: middle,
      against: null,
      floor: null,
      ratio: null,
      target: atMost === undefined ? null : `≤ ${atMost} ${unit}`,
      met: atMost === undefined ? null : middle <= atMost,
    })
  }

  print() {
    const heads = ['', 'median', 'floor', '', 'ratio', 'target', '']
    const rows = this.#lines.map((line) => [
      line.what,
      amount(line.median, line.unit),
      line.against ?? '',
      line.floor === null ? '' : amount(line.floor, line.unit),
      line.ratio === null ? '' : `${rounded(line.ratio)}×`,
      line.target ?? '',
      line.met === null ? '' : line.met ? 'met' : 'MISSED',
    ])
    const widths = heads.map((head, column) =>
      Math.max(head.length, ...rows.map((row) => row[column].length))
    )
    const isNumber = (column: number) => [1, 3, 4].includes(column)
    const shown = [heads, ...rows].map((row) =>
      row
        .map((cell, column) =>
          isNumber(column) ? cell.padStart(widths[column]) : cell.padEnd(widths[column])
        )
        .join('   ')
        .trimEnd()
    )
    console.log(`\n${shown.join('\n')}\n`)
    console.log('Medians of interleaved rounds; a ratio is the median of the ratios of each round.')
  }

  async save(folder: string, options: object) {
    await mkdir(folder, { recursive: true })
    const machine = {
      node: process.version,
      cpus: `${cpus().length} × ${cpus()[0]?.model}`,
      memory: totalmem(),
      kernel: release(),
    }
    const content = { at: new Date().toISOString(), machine, options, results: this.#lines }
    await writeFile(`${folder}/bench.json`, `${JSON.stringify(content, null, 2)}\n`)
  }
}

function amount(value: number, unit: Unit) {
  return `${rounded(value)} ${unit}`
}

function rounded(value: number) {
  return value.toLocaleString('en', {
    maximumSignificantDigits: value < 1000 ? 3 : 4,
    useGrouping: true,
  })
}
