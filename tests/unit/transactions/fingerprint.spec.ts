import { test } from '@japa/runner'
import { OccurrenceCounter, fingerprint } from '#transactions/domain/fingerprint'

const COFFEE = {
  bookedOn: '2026-01-31',
  amountMinor: -350,
  currency: 'EUR',
  payee: 'Café Zürich',
  description: 'Card 1234',
  notes: '',
}

test.group('Fingerprint', () => {
  test('has sixteen bytes', ({ assert }) => {
    assert.match(fingerprint('account', COFFEE), /^[0-9a-f]{32}$/)
  })

  test('overlooks case and white space', ({ assert }) => {
    const shouted = { ...COFFEE, payee: 'CAFÉ  ZÜRICH', description: 'card\n1234' }

    assert.equal(fingerprint('account', shouted), fingerprint('account', COFFEE))
  })

  test('tells every field apart', ({ assert }) => {
    const prints = [
      fingerprint('account', COFFEE),
      fingerprint('other', COFFEE),
      fingerprint('account', { ...COFFEE, bookedOn: '2026-02-01' }),
      fingerprint('account', { ...COFFEE, amountMinor: 350 }),
      fingerprint('account', { ...COFFEE, currency: 'CHF' }),
      fingerprint('account', { ...COFFEE, payee: 'Café' }),
      fingerprint('account', { ...COFFEE, description: '' }),
      fingerprint('account', { ...COFFEE, payee: '', description: 'Café ZürichCard 1234' }),
      fingerprint('account', { ...COFFEE, notes: 'tip' }),
    ]

    assert.equal(new Set(prints).size, prints.length)
  })

  test('counts equal rows of a file', ({ assert }) => {
    const counter = new OccurrenceCounter()
    const coffee = fingerprint('account', COFFEE)
    const tea = fingerprint('account', { ...COFFEE, payee: 'Tea' })

    assert.deepEqual(
      [coffee, tea, coffee, coffee, tea].map((print) => counter.next(print)),
      [1, 1, 2, 3, 2]
    )
  })
})
