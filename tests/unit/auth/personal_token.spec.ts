import { randomUUIDv7 } from 'node:crypto'
import { test } from '@japa/runner'
import { PersonalToken } from '#auth/domain/personal_token'

const { value: issued } = PersonalToken.issue(randomUUIDv7(), randomUUIDv7())

/** 64 bytes are 86 letters, of which the last carries four bits that mean nothing. */
function withLooseBits(value: string) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  return value.slice(0, -1) + letters[letters.indexOf(value.at(-1)!) + 1]
}

test.group('Personal token', () => {
  test('is read as it was issued', ({ assert }) => {
    const [userId, id] = [randomUUIDv7(), randomUUIDv7()]
    const token = PersonalToken.issue(userId, id)

    const read = PersonalToken.read(token.value)!

    assert.deepEqual([read.userId, read.id], [userId, id])
    assert.isTrue(read.hash.equals(token.hash))
  })

  test('has one spelling, not {title}')
    .with([
      { title: 'with loose bits', spelled: withLooseBits(issued) },
      { title: 'padded', spelled: `${issued}==` },
      { title: 'with a space inside', spelled: `${issued.slice(0, 20)} ${issued.slice(20)}` },
      { title: 'with a line break behind', spelled: `${issued}\n` },
      { title: 'shouted', spelled: issued.replace('fin_pat_', 'FIN_PAT_') },
    ])
    .run(({ assert }, { spelled }) => {
      assert.isNull(PersonalToken.read(spelled))
    })
})
