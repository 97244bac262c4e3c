import { readFile } from 'node:fs/promises'
import { test } from '@japa/runner'
import { BANKS } from '#tests/golden/banks'
import { balances, household } from '#tests/support/household'
import { importFile, verdicts } from '#tests/support/imports'

const DAY = /\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}|(?<!\d)20\d{6}(?!\d)/g

/** Files with a header whose days are written in digits, alone. */
const FILES = BANKS.filter(
  ({ file, fails }) =>
    file.endsWith('.csv') &&
    !fails &&
    !/at-elba|comdirect|fr-bnp|uk-hsbc|uk-nationwide|us-wells|ch-zkb|cn-alipay|dk-danske|jp-passbook/.test(
      file
    )
)

test.group('Corrections / banks', () => {
  test('give the row that the file would have had: {file}')
    .with(FILES)
    .run(async ({ client, assert }, { file, currency, mapping, sum }) => {
      const type = file.includes('card') ? 'credit' : 'checking'
      const account = { currency, type } as const
      const { user, mine, ideal } = await household({ mine: account, ideal: account }, { currency })
      const bytes = await readFile(`tests/golden/${file}`)
      const read = await importFile(client, user, ideal, bytes, { mapping })
      const text = new TextDecoder(read.detection!.encoding.value).decode(bytes)
      const booked = await verdicts(client, user, read.id, { verdict: 'imported' })
      const raw = String(booked.at(-1)!.raw)
      const broken = text.replace(raw, raw.replace(DAY, 'x$&'))
      const first = await importFile(client, user, mine, broken, { mapping })
      const rows = await client
        .get(`/api/v1/transactions/imports/${first.id}/rejected.csv`)
        .loginAs(user)

      const unchanged = await importFile(client, user, mine, rows.text(), { mapping })
      const corrected = rows.text().replaceAll(/x(?=\d)/g, '')
      const fixed = await importFile(client, user, mine, corrected, { mapping })
      const whole = await importFile(client, user, mine, text, { mapping })

      assert.equal(first.counts.imported, read.counts.imported - 1)
      assert.containsSubset(unchanged, { status: 'completed', counts: { imported: 0 } })
      assert.equal(fixed.counts.imported, 1)
      assert.equal(whole.counts.imported, 0)
      assert.containsSubset(await balances(user), { mine: sum })
    })
})
