import vine, { errors } from '@vinejs/vine'
import { test } from '@japa/runner'
import {
  currencyCode,
  day,
  decimal,
  id,
  integer,
  minorAmount,
  month,
  plainText,
  queryBoolean,
  queryInteger,
} from '#core/http/rules'

type Failure = { field: string; rule: string }

async function failures(schema: Parameters<typeof vine.create>[0], data: unknown) {
  const [error] = await vine.create(schema).tryValidate(data)
  const messages: Failure[] = error instanceof errors.E_VALIDATION_ERROR ? error.messages : []
  return messages.map(({ field, rule }) => `${field} ${rule}`)
}

test.group('Strict objects', () => {
  test('refuse unknown fields everywhere', async ({ assert }) => {
    const line = vine.object({ amount: minorAmount() })
    const schema = vine.object({ name: vine.string(), line, lines: vine.array(line.clone()) })

    const found = await failures(schema, {
      name: 'x',
      role: 'ADMIN',
      line: { amount: 1, balance: 2 },
      lines: [{ amount: 1 }, { amount: 2, userId: 3 }],
    })

    assert.deepEqual(found, ['role unknown', 'line.balance unknown', 'lines.1.userId unknown'])
  })

  test('report known fields beside unknown', async ({ assert }) => {
    const found = await failures(vine.object({ name: vine.string() }), { nmae: 'x' })

    assert.deepEqual(found, ['nmae unknown', 'name required'])
  })

  test('know the fields of every condition', async ({ assert }) => {
    const schema = vine
      .object({ kind: vine.string() })
      .merge(vine.group([vine.group.if((data) => data.kind === 'a', { a: vine.number() })]))

    const found = await failures(schema, { kind: 'a', a: 1, b: 1 })

    assert.deepEqual(found, ['b unknown'])
  })

  test('stay open where asked to', async ({ assert }) => {
    const schema = vine.object({ name: vine.string() }).allowUnknownProperties()

    const found = await failures(schema, { name: 'x', other: 1 })

    assert.deepEqual(found, [])
  })
})

const fields = {
  day: day(),
  month: month(),
  amount: minorAmount(),
  months: integer({ min: 1, max: 120 }),
  limit: queryInteger({ min: 1, max: 200 }),
  flag: queryBoolean(),
  quantity: decimal({ places: 4 }),
  change: decimal({ places: 2, signed: true }),
  currency: currencyCode(),
  id: id(),
  name: plainText(5),
  notes: plainText(5, { multiline: true }),
}

test.group('Rules', () => {
  test('take {value} as {field}')
    .with([
      { field: 'day', value: '2024-02-29' },
      { field: 'day', value: '1900-01-01' },
      { field: 'month', value: '2026-12' },
      { field: 'amount', value: -9007199254740991 },
      { field: 'months', value: 120 },
      { field: 'limit', value: '200', output: 200 },
      { field: 'flag', value: 'false', output: false },
      { field: 'quantity', value: '0.0042' },
      { field: 'change', value: '-0.42' },
      { field: 'currency', value: 'KWD' },
      { field: 'id', value: '0198c0de-0000-7000-8000-000000000000' },
      { field: 'name', value: ' Zoë ', output: 'Zoë' },
      { field: 'notes', value: 'a\n\tb' },
    ] as { field: keyof typeof fields; value: unknown; output?: unknown }[])
    .run(async ({ assert }, { field, value, output = value }) => {
      const schema = vine.object({ [field]: fields[field] })

      const result = await vine.create(schema).validate({ [field]: value })

      assert.deepEqual(result, { [field]: output })
    })

  test('refuse {value} as {field}')
    .with([
      { field: 'day', value: '2026-02-29' },
      { field: 'day', value: '2026-1-1' },
      { field: 'day', value: '2026-01-01T00:00:00Z' },
      { field: 'day', value: '0001-01-01' },
      { field: 'day', value: '2201-01-01' },
      { field: 'day', value: 20260101 },
      { field: 'month', value: '2026-13' },
      { field: 'amount', value: '5' },
      { field: 'amount', value: 1.5 },
      { field: 'amount', value: 9007199254740992 },
      { field: 'months', value: 121 },
      { field: 'limit', value: '0x10' },
      { field: 'limit', value: '1e2' },
      { field: 'limit', value: '' },
      { field: 'limit', value: '201' },
      { field: 'flag', value: '1' },
      { field: 'quantity', value: '1e3' },
      { field: 'quantity', value: '-1' },
      { field: 'quantity', value: '0.00421' },
      { field: 'quantity', value: 'NaN' },
      { field: 'quantity', value: 0.5 },
      { field: 'currency', value: 'eur' },
      { field: 'currency', value: 'ZZZ' },
      { field: 'id', value: '7' },
      { field: 'name', value: 'a\nb' },
      { field: 'name', value: '  ' },
      { field: 'name', value: 'abcdef' },
      { field: 'notes', value: 'a\0b' },
    ] as { field: keyof typeof fields; value: unknown }[])
    .run(async ({ assert }, { field, value }) => {
      const found = await failures(vine.object({ [field]: fields[field] }), { [field]: value })

      assert.isNotEmpty(found)
    })

  test('describe themselves for the document', ({ assert }) => {
    const schema = vine.create({ day: day(), amount: minorAmount(), id: id() }).toJSONSchema()

    assert.containSubset(schema.properties, {
      day: { type: 'string', format: 'date' },
      amount: { type: 'integer', maximum: Number.MAX_SAFE_INTEGER },
      id: { type: 'string', format: 'uuid' },
    })
  })
})
