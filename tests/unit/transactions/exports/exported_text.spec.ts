import { test } from '@japa/runner'
import * as fc from 'fast-check'
import { exportedId, neutralized, restored } from '#transactions/domain/exports/exported_text'
import { identityOfBankId } from '#transactions/domain/identity'

const ACCOUNT = '01a20620-dd1f-7a0f-b36f-940780a7bc39'
const OWN = '01a20621-7e18-7dd6-a139-56b6d0c77050'

test.group('Exports / text', () => {
  test('begins no formula: {text}')
    .with(
      ['=1+1', '+41 79 000', '-5', '@SUM(A1)', '\t=1', '\r=1', "'=1", "''@x"].map((text) => ({
        text,
      }))
    )
    .run(({ assert }, { text }) => {
      assert.equal(neutralized(text), `'${text}`)
    })

  test('stays as it is: {text}')
    .with(["Anna's", "'quoted'", '1-2', 'a=b', "'", ''].map((text) => ({ text })))
    .run(({ assert }, { text }) => {
      assert.equal(neutralized(text), text)
      assert.equal(restored(text), text)
    })

  test('comes back as it was', () => {
    const hostile = fc.string({
      unit: fc.constantFrom("'", '=', '+', '-', '@', '\t', '\r', 'a', '1'),
    })

    fc.assert(
      fc.property(fc.oneof(hostile, fc.string({ unit: 'binary' })), (text) => {
        return restored(neutralized(text)) === text
      })
    )
  })

  test('is known by {title}')
    .with([
      { title: "the bank's id", externalId: 'B 1', id: 'B 1' },
      { title: 'its own without one', externalId: null, id: OWN },
      { title: 'its own where the bank has none', externalId: 'NONREF', id: OWN },
      { title: "its own where the bank's would change", externalId: 'B  1', id: OWN },
      { title: "its own where the bank's says nothing", externalId: 'NONREF', id: OWN },
    ])
    .run(({ assert }, { externalId, id }) => {
      const identity = externalId && identityOfBankId(ACCOUNT, externalId)

      assert.equal(exportedId({ id: OWN, accountId: ACCOUNT, externalId, identity }), id)
    })

  test('is known by its own once moved', ({ assert }) => {
    const identity = identityOfBankId('01a20620-0000-7a0f-b36f-940780a7bc39', 'B 1')

    assert.equal(exportedId({ id: OWN, accountId: ACCOUNT, externalId: 'B 1', identity }), OWN)
  })
})
