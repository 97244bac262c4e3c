import { glob, readFile } from 'node:fs/promises'
import { problems, problemType } from '#core/openapi/problems'
import { test } from '@japa/runner'

/** What the modules' exceptions say about themselves: file, code and status. */
async function exceptions() {
  const found = []
  for await (const file of glob('app/*/exceptions/*.ts')) {
    const source = await readFile(file, 'utf8')
    const code = /code: '(\w+)'/.exec(source)?.[1]
    const status = /status: (\d{3})/.exec(source)?.[1]
    if (code && status) {
      found.push({ file, code, status: Number(status) })
    }
  }
  return found
}

test.group('OpenAPI / problems', () => {
  test('document what exceptions say', async ({ assert }) => {
    const declared = await exceptions()

    const undocumented = declared.filter(
      ({ code, status }) =>
        (problems as Record<string, { status: number }>)[code]?.status !== status
    )

    assert.isNotEmpty(declared)
    assert.deepEqual(undocumented, [])
  })

  test('have a URN for a type', ({ assert }) => {
    assert.equal(problemType('AccountLocked'), 'urn:finora:problem:account-locked')
    assert.equal(problemType('NotFound'), 'urn:finora:problem:not-found')
  })
})
