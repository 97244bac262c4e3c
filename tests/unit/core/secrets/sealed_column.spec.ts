import { randomBytes, randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import fc from 'fast-check'
import { Keyring } from '#core/secrets/keyring'
import { keyIdOf, SealedColumn, sealingKey, UnopenableValue } from '#core/secrets/sealed_column'

const [OLD, NEW] = ['old secret of enough length', 'new secret of enough length']
const place = { table: 'things', column: 'secret_sealed', row: ['user_id', 'id'] }
const ROW = [randomUUID(), randomUUID()]

const columnOf = (newest: string, previous?: string, where = place) => {
  const keyring = new Keyring('APP_KEY', sealingKey, { newest, previous })
  return { keyring, column: new SealedColumn(where, keyring) }
}

test.group('Sealed column', () => {
  test('opens what it sealed', ({ assert }) => {
    const { column } = columnOf(NEW)

    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const plain = Buffer.from(bytes)
        assert.isTrue(column.open(column.seal(plain, ROW), ROW).equals(plain))
      })
    )
  })

  test('never seals the same way twice', ({ assert }) => {
    const { column } = columnOf(NEW)
    const plain = randomBytes(20)

    const [one, other] = [column.seal(plain, ROW), column.seal(plain, ROW)]

    assert.isFalse(one.equals(other))
    assert.isFalse(one.includes(plain))
  })

  test('refuses any altered byte', ({ assert }) => {
    const { column } = columnOf(NEW)
    const value = column.seal(Buffer.from('secret'), ROW)

    for (let i = 0; i < value.length; i++) {
      const altered = Buffer.from(value)
      altered[i] ^= 1
      assert.throws(() => column.open(altered, ROW), UnopenableValue as never)
    }
  })

  test('refuses a value cut short', ({ assert }) => {
    const { column } = columnOf(NEW)
    const value = column.seal(Buffer.from('secret'), ROW)

    for (let length = 0; length < value.length; length++) {
      assert.throws(() => column.open(value.subarray(0, length), ROW), UnopenableValue as never)
    }
  })

  test('refuses a value from {title}')
    .with([
      { title: 'another user', row: [randomUUID(), ROW[1]], where: place },
      { title: 'another row', row: [ROW[0], randomUUID()], where: place },
      { title: 'another column', row: ROW, where: { ...place, column: 'other_sealed' } },
      { title: 'another table', row: ROW, where: { ...place, table: 'others' } },
    ])
    .run(({ assert }, { row, where }) => {
      const { column } = columnOf(NEW)
      const elsewhere = columnOf(NEW, undefined, where)

      const value = elsewhere.column.seal(Buffer.from('secret'), row)

      assert.throws(() => column.open(value, ROW), UnopenableValue as never)
    })

  test('opens with the key before', ({ assert }) => {
    const value = columnOf(OLD).column.seal(Buffer.from('secret'), ROW)

    const opened = columnOf(NEW, OLD).column.open(value, ROW)

    assert.equal(opened.toString(), 'secret')
    assert.throws(() => columnOf(NEW).column.open(value, ROW), UnopenableValue as never)
  })

  test('names the key it is sealed with', ({ assert }) => {
    const { keyring, column } = columnOf(NEW, OLD)

    const before = column.seal(Buffer.from('secret'), ROW)
    keyring.settle()
    const after = column.seal(Buffer.from('secret'), ROW)

    assert.equal(keyIdOf(before), sealingKey(OLD).id)
    assert.equal(keyIdOf(after), sealingKey(NEW).id)
  })
})
