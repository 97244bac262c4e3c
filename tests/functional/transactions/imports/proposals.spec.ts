import { test } from '@japa/runner'
import { household, record, transfer } from '#tests/support/household'
import { importFile, revert, verdicts } from '#tests/support/imports'
import { differencesOf, ledgerOf } from '#tests/support/ledger'
import { accept, proposals, refuse } from '#tests/support/proposals'

const file = (...rows: string[]) => ['date,payee,amount', ...rows].join('\n')
const REWE = '2026-01-15,REWE SAGT DANKE 4711,-23.90'
const byHand = { amount: -23_90, payee: 'Rewe', bookedOn: '2026-01-13' }

test.group('Proposals / near matches', () => {
  test('change nothing by themselves', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const mine = await record(user, { accountId: checking.id, ...byHand })
    const [before] = await ledgerOf(user)

    const { id, counts } = await importFile(client, user, checking, file(REWE))

    const [row] = await verdicts(client, user, id)
    const [proposal, ...others] = await proposals(client, user)
    assert.containsSubset(counts, { imported: 1, duplicates: 0 })
    assert.containsSubset(row, { verdict: 'imported', rule: null, matches: mine.id })
    assert.containsSubset(proposal, {
      kind: 'duplicate',
      status: 'open',
      importId: id,
      transactionId: row.transactionId,
      transaction: { payee: 'REWE SAGT DANKE 4711', importId: id },
      matchId: mine.id,
      match: { payee: 'Rewe', importId: null },
      daysApart: 2,
    })
    assert.isEmpty(others)
    assert.include(await ledgerOf(user), before)
  })

  test('are not made for {title}')
    .with([
      { title: 'another amount', mine: { amount: -23_91 } },
      { title: 'a day too far', mine: { bookedOn: '2026-01-10' } },
      { title: 'another payee', mine: { payee: 'Edeka' } },
      { title: 'what the bank knows', mine: { externalId: 'B7' } },
    ])
    .run(async ({ client, assert }, { mine }) => {
      const { user, checking } = await household({ checking: 0 })
      await record(user, { accountId: checking.id, ...byHand, ...mine })

      const { id } = await importFile(client, user, checking, file(REWE))

      const [row] = await verdicts(client, user, id)
      assert.isNull(row.matches)
      assert.isEmpty(await proposals(client, user))
    })

  test('stay on one account', async ({ client, assert }) => {
    const { user, checking, savings } = await household({ checking: 0, savings: 0 })
    await record(user, { accountId: savings.id, ...byHand })

    await importFile(client, user, checking, file(REWE))

    assert.isEmpty(await proposals(client, user))
  })

  test('find the payee in the description', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await record(user, { accountId: checking.id, ...byHand })
    const csv = 'date,payee,description,amount\n2026-01-15,Card 1234,REWE BERLIN,-23.90\n'

    await importFile(client, user, checking, csv, {
      mapping: { bookedOn: 'date', payee: 'payee', description: 'description', amount: 'amount' },
    })

    assert.lengthOf(await proposals(client, user, { kind: 'duplicate' }), 1)
  })

  test('know the legs of recorded transfers', async ({ client, assert }) => {
    const { user, checking, savings } = await household({ checking: 0, savings: 0 })
    const { from, to } = await transfer(user, checking, savings, 200_00)

    await importFile(client, user, checking, file('2026-01-15,Standing order,-200.00'))
    await importFile(client, user, savings, file('2026-01-16,From A Lovelace,200.00'))

    const found = await proposals(client, user)
    assert.sameMembers(
      found.map(({ kind, matchId }) => `${kind} ${matchId}`),
      [`duplicate ${from.id}`, `duplicate ${to.id}`]
    )
  })

  test('give each transaction to the best', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const early = await record(user, { accountId: checking.id, ...byHand, bookedOn: '2026-01-12' })
    const late = await record(user, { accountId: checking.id, ...byHand, bookedOn: '2026-01-15' })
    const csv = file(REWE, '2026-01-14,Rewe Köln,-23.90', '2026-01-16,Rewe Bonn,-23.90')

    const { id } = await importFile(client, user, checking, csv)

    const rows = await verdicts(client, user, id)
    assert.deepEqual(
      rows.map(({ matches }) => matches),
      [late.id, early.id, null]
    )
    assert.lengthOf(await proposals(client, user), 2)
  })

  test('are the same in a dry run', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    for (const bookedOn of ['2026-01-12', '2026-01-15', '2026-01-17']) {
      await record(user, { accountId: checking.id, ...byHand, bookedOn })
    }
    const csv = file(REWE, REWE, '2026-01-14,Rewe Köln,-23.90', '2026-01-19,Rewe,-23.90')

    const dry = await importFile(client, user, checking, csv, { dryRun: true })
    const silent = await proposals(client, user)
    const real = await importFile(client, user, checking, csv)

    const matches = async (id: string) => {
      const rows = await verdicts(client, user, id)
      return rows.map((row) => row.matches)
    }
    assert.isEmpty(silent)
    assert.deepEqual(await matches(dry.id), await matches(real.id))
  })

  test('are made of a file that breaks off', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await record(user, { accountId: checking.id, ...byHand })
    const rows = Array.from({ length: 10_000 }, (_, i) => `2026-01-15,Row ${i},-${1 + i}.00`)

    const done = await importFile(
      client,
      user,
      checking,
      file(REWE, ...rows, ','.repeat(300), '2026-01-16,Rewe,-23.90')
    )

    assert.containsSubset(done, { status: 'failed', counts: { imported: 5_000 } })
    assert.lengthOf(await proposals(client, user, { status: 'open' }), 1)
  })

  test('ask about nobody twice', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await record(user, { accountId: checking.id, ...byHand })
    await importFile(client, user, checking, file(REWE))

    await importFile(client, user, checking, file('2026-01-13,Rewe Markt,-23.90'))

    assert.lengthOf(await proposals(client, user), 1)
  })
})

test.group('Proposals / refusals', () => {
  test('are remembered beyond a reversal', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await record(user, { accountId: checking.id, ...byHand })
    const { id } = await importFile(client, user, checking, file(REWE))
    const [{ id: proposalId }] = await proposals(client, user)

    const refused = await refuse(client, user, proposalId)
    await revert(client, user, id)
    const again = await importFile(client, user, checking, file(REWE))

    refused.assertStatus(200)
    const [row] = await verdicts(client, user, again.id)
    assert.containsSubset(row, { verdict: 'imported', matches: null })
    assert.isEmpty(await proposals(client, user, { status: 'open' }))
  })

  test('ask for another after a refusal', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const far = await record(user, { accountId: checking.id, ...byHand, bookedOn: '2026-01-18' })
    const near = await record(user, { accountId: checking.id, ...byHand, bookedOn: '2026-01-15' })
    const { id: importId } = await importFile(client, user, checking, file(REWE))
    const [first] = await proposals(client, user)

    await refuse(client, user, first.id)
    const [second] = await proposals(client, user, { status: 'open' })
    await accept(client, user, second.id)

    assert.equal(first.matchId, near.id)
    assert.containsSubset(second, { kind: 'duplicate', importId, matchId: far.id })
    assert.lengthOf(await ledgerOf(user), 2)
  })

  test('happen once', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await record(user, { accountId: checking.id, ...byHand })
    await importFile(client, user, checking, file(REWE))
    const [{ id }] = await proposals(client, user)

    const [first, second] = [await refuse(client, user, id), await refuse(client, user, id)]

    assert.deepEqual(second.body(), first.body())
    assert.equal(first.body().status, 'refused')
  })
})

test.group('Proposals / closing', () => {
  test('follows {title}')
    .with([
      { title: 'a deletion', changes: null },
      { title: 'another amount', changes: { amount: -1 } },
      { title: "a bank's id", changes: { externalId: 'B1' } },
    ])
    .run(async ({ client, assert }, { changes }) => {
      const { user, checking } = await household({ checking: 0 })
      const mine = await record(user, { accountId: checking.id, ...byHand })
      await importFile(client, user, checking, file(REWE))
      const one = `/api/v1/transactions/${mine.id}`

      if (changes) await client.patch(one).loginAs(user).json(changes)
      else await client.delete(one).loginAs(user)

      const [proposal] = await proposals(client, user)
      assert.equal(proposal.status, 'closed')
    })

  test('leaves harmless changes alone', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const mine = await record(user, { accountId: checking.id, ...byHand })
    await importFile(client, user, checking, file(REWE))

    await client.patch(`/api/v1/transactions/${mine.id}`).loginAs(user).json({ notes: 'With Anna' })

    const [proposal] = await proposals(client, user)
    assert.equal(proposal.status, 'open')
    assert.deepEqual(await differencesOf(user), [])
  })

  test('follows the reversal', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await record(user, { accountId: checking.id, ...byHand })
    const { id } = await importFile(client, user, checking, file(REWE))

    await revert(client, user, id)
    await importFile(client, user, checking, file(REWE))

    const found = await proposals(client, user)
    assert.deepEqual(
      found.map(({ status }) => status),
      ['open', 'closed']
    )
  })
})
