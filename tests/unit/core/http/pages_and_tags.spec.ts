import { test } from '@japa/runner'
import { Keyset } from '#core/http/pagination'
import { displayName } from '#core/http/body/file_name'

const newestFirst = new Keyset({ bookedOn: 'day', id: 'uuid' })
const rows = [3, 2, 1].map((n) => ({
  id: `0198c0de-0000-7000-8000-00000000000${n}`,
  bookedOn: `2026-01-0${n}`,
}))

test.group('Keyset', () => {
  test('continues behind the last row', ({ assert }) => {
    const page = newestFirst.page(rows, 2)
    const after = newestFirst.after(page.meta.nextCursor)

    assert.deepEqual(page.data, rows.slice(0, 2))
    assert.deepEqual(after, { bookedOn: '2026-01-02', id: rows[1].id })
  })

  test('ends when no row is left', ({ assert }) => {
    const page = newestFirst.page(rows, 3)

    assert.deepEqual(page, { data: rows, meta: { nextCursor: null } })
  })

  test('refuses the cursor {cursor}')
    .with(
      [
        'xx',
        '',
        ...[
          null,
          {},
          [],
          ['2026-01-01'],
          ['2026-01-01', 'x'],
          [rows[0].id, '2026-01-01'],
          [1, 2],
        ].map((value) => Buffer.from(JSON.stringify(value)).toString('base64url')),
      ].map((cursor) => ({ cursor }))
    )
    .run(({ assert }, { cursor }) => {
      assert.throws(() => newestFirst.after(cursor), 'The input is not valid')
    })
})

test.group('File names', () => {
  test('shows {given} as {shown}')
    .with([
      { given: '../../etc/passwd', shown: 'passwd' },
      { given: String.raw`C:\fakepath\a.csv`, shown: 'a.csv' },
      { given: 'a\u0000\u0007\u202eb.csv', shown: 'ab.csv' },
      { given: 'e\u0301.csv', shown: 'é.csv' },
      { given: '..', shown: 'file' },
      { given: '', shown: 'file' },
      { given: '😀'.repeat(300), shown: '😀'.repeat(255) },
    ])
    .run(({ assert }, { given, shown }) => {
      const name = displayName(given)

      assert.equal(name, shown)
    })
})
