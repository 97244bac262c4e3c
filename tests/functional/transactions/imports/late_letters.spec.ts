import { test } from '@japa/runner'
import { household } from '#tests/support/household'
import { ledgerOf } from '#tests/support/follower'
import { importFile } from '#tests/support/imports'
import { SAMPLE_BYTES } from '#transactions/domain/statements/inspection'

const HEADER = 'Datum;Empfaenger;Betrag\n'
const ROW = '30.01.2026;Laden;-1,00\n'
const LATE = '31.01.2026;Müller;-5,00\n'

/** Rows of ASCII, as many as the length holds, and one more that fills it. */
function asciiOf(length: number) {
  const rows = ROW.repeat(Math.floor((length - HEADER.length) / ROW.length) - 1)
  const start = `${HEADER}${rows}30.01.2026;`
  return `${start}${'x'.repeat(length - start.length)}`
}

test.group('Imports / late letters', () => {
  test('tell the encoding: {$self}')
    .with(['latin1', 'utf8'] as const)
    .run(async ({ client, assert }, encoding) => {
      const { user, checking } = await household({ checking: 0 })
      const text = `${HEADER}${ROW.repeat(6_000)}${LATE}`

      const done = await importFile(client, user, checking, Buffer.from(text, encoding))

      const ledger = await ledgerOf(client, user)
      assert.containsSubset(done.counts, { total: 6_001, rejected: 0 })
      assert.equal(done.detection!.encoding.value, encoding === 'utf8' ? 'utf-8' : 'windows-1252')
      assert.isTrue([...ledger.values()].some(({ payee }) => payee === 'Müller'))
    })

  test('are whole where the sample cuts them: {$self}')
    .with([1, 2, 3])
    .run(async ({ client, assert }, before) => {
      const { user, checking } = await household({ checking: 0 })
      const text = `${asciiOf(SAMPLE_BYTES - before)}🥐;-1,00\n${LATE}`

      const done = await importFile(client, user, checking, text)

      const ledger = await ledgerOf(client, user)
      assert.equal(done.detection!.encoding.value, 'utf-8')
      assert.isTrue([...ledger.values()].some(({ payee }) => payee === 'Müller'))
    })
})
