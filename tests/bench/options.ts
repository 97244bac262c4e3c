import { parseArgs } from 'node:util'

export const SECTIONS = [
  'import',
  'formats',
  'rules',
  'reads',
  'http',
  'writes',
  'sign-ins',
  'jobs',
] as const
export type Section = (typeof SECTIONS)[number]

const USAGE = `npm run bench -- [options]
  --only=import,formats,rules,reads,http,writes,sign-ins,jobs   these sections only
  --sizes=10000,100000,300000       rows of an import, and of the ledgers that are read or changed
  --connections=1,16,50             clients at a time
  --repeat=3                        interleaved repetitions, of which the median counts
  --seconds=2                       how long each HTTP measurement lasts
  --no-build                        run the worker and the API from source`

/** What a person asked the bench to measure. */
export function readOptions(args: string[]) {
  const { values } = parseArgs({
    args: args.filter((arg) => arg !== '--'),
    allowNegative: true,
    options: {
      only: { type: 'string', default: SECTIONS.join(',') },
      sizes: { type: 'string', default: '10000,100000,300000' },
      connections: { type: 'string', default: '1,16,50' },
      repeat: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '2' },
      build: { type: 'boolean', default: true },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) {
    console.log(USAGE)
    process.exit(0)
  }
  return {
    sections: list(values.only).map(section),
    sizes: list(values.sizes).map(count),
    connections: list(values.connections).map(count),
    repeat: count(values.repeat),
    seconds: count(values.seconds),
    build: values.build,
  }
}

export type Options = ReturnType<typeof readOptions>

function list(text: string) {
  return text.split(',').map((part) => part.trim())
}

function count(text: string) {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1) throw new Error(`${text} is no count\n${USAGE}`)
  return value
}

function section(name: string) {
  const known = SECTIONS.find((each) => each === name)
  if (!known) throw new Error(`there is no section "${name}"\n${USAGE}`)
  return known
}
