import { test } from '@japa/runner'
import { Keyring } from '#core/secrets/keyring'

const keyring = (newest: string, previous?: string) =>
  new Keyring('SECRET', (id) => ({ id }), { newest, previous })

const ids = ({ keys }: Keyring) => keys.map(({ id }) => id)

test.group('Keyring', () => {
  test('signs with its only key', ({ assert }) => {
    const ring = keyring('a')

    assert.equal(ring.active.id, 'a')
    assert.isFalse(ring.isPending)
  })

  test('verifies a new key before signing', ({ assert }) => {
    const ring = keyring('b', 'a')

    assert.equal(ring.active.id, 'a')
    assert.deepEqual(ids(ring), ['a', 'b'])
    assert.equal(ring.find('b')!.id, 'b')
  })

  test('signs with the settled key', ({ assert }) => {
    const ring = keyring('b', 'a')

    ring.settle()

    assert.equal(ring.active.id, 'b')
    assert.deepEqual(ids(ring), ['b', 'a'])
  })

  test('waits anew with each rotation', ({ assert }) => {
    const ring = keyring('b', 'a')
    ring.settle()

    const isNew = ring.replace({ newest: 'c', previous: 'b' })

    assert.isTrue(isNew)
    assert.equal(ring.active.id, 'b')
    assert.isUndefined(ring.find('a'))
  })

  test('stays settled when the old goes', ({ assert }) => {
    const ring = keyring('b', 'a')
    ring.settle()

    ring.replace({ newest: 'b' })

    assert.equal(ring.active.id, 'b')
    assert.deepEqual(ids(ring), ['b'])
  })

  test('takes the same twice for nothing', ({ assert }) => {
    const ring = keyring('b', 'a')

    assert.isFalse(ring.replace({ newest: 'b', previous: 'a' }))
  })
})
