import { test } from '@japa/runner'
import {
  identitiesAlike,
  identityOfBankId,
  identityOfOccurrence,
  nextIdentity,
} from '#transactions/domain/identity'

const print = '0123456789abcdef0123456789abcdef'

test.group('Identity', () => {
  test('tells accounts and bank ids apart', ({ assert }) => {
    const identities = [
      identityOfBankId('account', 'B1'),
      identityOfBankId('account', 'B2'),
      identityOfBankId('other', 'B1'),
    ]

    assert.equal(new Set(identities).size, 3)
    assert.match(identities[0], /^[0-9a-f]{32}$/)
  })

  test('of a repetition is the next occurrence', ({ assert }) => {
    const [first, second, third] = [1, 2, 3].map((n) => identityOfOccurrence(print, n))

    assert.equal(nextIdentity(first, [first]), second)
    assert.equal(nextIdentity(first, [first, second]), third)
  })

  test('reads as Postgres shows it', ({ assert }) => {
    const shown = '01234567-89ab-cdef-0123-456789000001'

    assert.equal(nextIdentity(shown, [shown]), identityOfOccurrence(print, 2))
  })

  test('lies among those alike', ({ assert }) => {
    const { first, last } = identitiesAlike(identityOfOccurrence(print, 7))

    assert.isTrue(first < identityOfOccurrence(print, 1))
    assert.isTrue(last > identityOfOccurrence(print, 1_000_000))
  })
})
