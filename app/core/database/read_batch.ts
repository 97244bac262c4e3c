import pg from 'pg'
import type { Connection, DatabaseError, FieldDef, Submittable } from 'pg'

/** SQL with `$1` parameters. With a name, Postgres plans it once per connection. */
export interface Statement {
  text: string
  values: unknown[]
  name?: string
}

/** A statement whose parameters are ready to travel. */
type Encoded = Statement & { values: (string | null)[] }

type Row = Record<string, unknown>
type Column = { name: string; parse: (text: string) => unknown }
type Settle = (error: unknown, results?: Row[][]) => void

/** The messages of the protocol, as node-postgres sends them. */
type Wire = Connection & {
  parse(message: { name: string; text: string }): void
  bind(message: { statement: string; values: (string | null)[] }): void
  describe(message: { type: 'P'; name: string }): void
  execute(message: object): void
}

/**
 * Several statements in one message to Postgres, with one answer. Until the one
 * Sync at the end they are one transaction, so a setting that the first makes
 * local to it holds for the others. What each statement's rows look like is
 * asked once per connection.
 *
 * @see https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-PIPELINING
 */
export class ReadBatch implements Submittable {
  static readonly #known = new WeakMap<Connection, Map<string, Column[]>>()

  /** Wrapped by node-postgres to add its time-out. */
  callback: Settle

  readonly #statements: Encoded[]
  readonly #results: Row[][]
  readonly #parsed = new Set<string>()
  #shapes = new Map<string, Column[]>()
  #current = 0
  #failure?: unknown

  constructor(statements: Statement[], settle: Settle) {
    this.callback = settle
    this.#statements = statements.map((each) => ({ ...each, values: each.values.map(textual) }))
    this.#results = statements.map(() => [])
  }

  submit(connection: Connection) {
    const wire = connection as Wire
    this.#shapes = ReadBatch.#shapesOf(connection)
    wire.stream.cork()
    for (const statement of this.#statements) this.#send(statement, wire)
    wire.sync()
    wire.stream.uncork()
  }

  handleRowDescription({ fields }: { fields: FieldDef[] }) {
    const columns = fields.map(({ name, dataTypeID }) => ({
      name,
      parse: pg.types.getTypeParser(dataTypeID, 'text'),
    }))
    this.#shapes.set(this.#statements[this.#current].name ?? '', columns)
  }

  handleDataRow({ fields }: { fields: (string | null)[] }) {
    if (this.#failure) return
    try {
      this.#results[this.#current].push(this.#row(fields))
    } catch (error) {
      this.#failure = error
    }
  }

  handleCommandComplete() {
    const { name } = this.#statements[this.#current++]
    if (name && !this.#shapes.has(name)) this.#shapes.set(name, [])
  }

  handleReadyForQuery() {
    this.callback(this.#failure, this.#results)
  }

  handleError(error: DatabaseError | Error) {
    this.callback(error)
  }

  #send({ name, text, values }: Encoded, wire: Wire) {
    const isKnown = name !== undefined && (this.#shapes.has(name) || this.#parsed.has(name))
    if (name && !isKnown) this.#parsed.add(name)

    if (!isKnown) wire.parse({ name: name ?? '', text })
    wire.bind({ statement: name ?? '', values })
    if (!isKnown) wire.describe({ type: 'P', name: '' })
    wire.execute({})
  }

  #row(fields: (string | null)[]) {
    const columns = this.#shapes.get(this.#statements[this.#current].name ?? '')!
    const row: Row = {}
    for (const [index, { name, parse }] of columns.entries()) {
      const text = fields[index]
      row[name] = text === null ? null : parse(text)
    }
    return row
  }

  static #shapesOf(connection: Connection) {
    let shapes = this.#known.get(connection)
    if (!shapes) this.#known.set(connection, (shapes = new Map()))
    return shapes
  }
}

/** Parameters travel as text, lists as Postgres's array literals. */
function textual(value: unknown): string | null {
  if (value === null || value === undefined) return null
  if (['string', 'number', 'bigint', 'boolean'].includes(typeof value)) return String(value)
  if (!Array.isArray(value)) throw new TypeError('A read takes texts, numbers and lists of them')

  const items = value.map((item) => {
    const text = textual(item)
    return text === null ? 'NULL' : `"${text.replace(/[\\"]/g, '\\$&')}"`
  })
  return `{${items.join(',')}}`
}
