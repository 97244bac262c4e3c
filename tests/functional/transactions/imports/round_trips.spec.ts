import type { ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import * as fc from 'fast-check'
import { household, record } from '#tests/support/household'
import { importFile, override, revert, verdicts } from '#tests/support/imports'
import { differencesOf, ledgerOf, totalsOf } from '#tests/support/ledger'
import { accept, proposals, refuse, withdraw } from '#tests/support/proposals'
import type User from '#users/models/user'

const TRANSACTIONS = '/api/v1/transactions'
const MAPPING = {
  id: 'id',
  bookedOn: 'date',
  account: 'account',
  payee: 'payee',
  amount: 'amount',
}

/** Few values, so that rows repeat, resemble what was entered by hand, and look like transfers. */
const booking = {
  account: fc.constantFrom('checking', 'savings'),
  bookedOn: fc.constantFrom('2026-01-10', '2026-01-11', '2026-01-13', '2026-01-16', '2026-01-17'),
  payee: fc.constantFrom('Rewe', 'REWE 4711', 'Edeka', 'Landlord'),
  amount: fc.constantFrom(-7_00, -5_00, 5_00, 7_00),
}
const byHand = fc.record(booking)
const row = fc.record({ ...booking, id: fc.constantFrom('', '', 'B1', 'B2', 'B3', 'B4', 'B5') })
const rounds = fc.record({
  entered: fc.array(byHand, { maxLength: 5 }),
  rows: fc.array(row, { minLength: 1, maxLength: 10 }),
  decisions: fc.array(fc.constantFrom('accept', 'refuse', 'leave', 'waver'), { maxLength: 6 }),
  enteredLater: fc.array(byHand, { maxLength: 2 }),
  overridden: fc.option(fc.nat({ max: 9 }), { nil: null }),
  deleted: fc.option(fc.nat({ max: 9 }), { nil: null }),
  secondFirst: fc.boolean(),
})

type Booking = { account: string; bookedOn: string; payee: string; amount: number }

const decimal = (minor: number) => `${minor < 0 ? '-' : ''}${Math.abs(minor) / 100}.00`
const csvOf = (rows: (Booking & { id: string })[]) =>
  [
    'id,date,account,payee,amount',
    ...rows.map(({ id, bookedOn, account, payee, amount }) =>
      [id, bookedOn, account, payee, decimal(amount)].join(',')
    ),
  ].join('\n')

/** A household into which one file is imported again and again. */
class RoundTrip {
  static async begin(client: ApiClient, rows: (Booking & { id: string })[]) {
    const { user, ...accounts } = await household({ checking: 0, savings: 0 })
    return new RoundTrip(client, user, accounts, csvOf(rows))
  }

  private constructor(
    readonly client: ApiClient,
    readonly user: User,
    readonly accounts: Record<string, { id: string }>,
    readonly csv: string
  ) {}

  /** Answers with the rows of the ledger that they became. */
  async enter(bookings: Booking[]) {
    const ids: string[] = []
    for (const { account, ...details } of bookings) {
      const { id } = await record(this.user, { accountId: this.accounts[account].id, ...details })
      ids.push(id)
    }
    const rows = await ledgerOf(this.user)
    return rows.filter((line) => ids.some((id) => line.includes(`"id": "${id}"`)))
  }

  import() {
    return importFile(this.client, this.user, this.accounts.checking, this.csv, {
      mapping: MAPPING,
    })
  }

  async decide(decisions: string[]) {
    const open = await proposals(this.client, this.user, { status: 'open' })
    for (const [index, { id }] of open.entries()) {
      const decision = decisions[index % Math.max(1, decisions.length)] ?? 'leave'
      if (decision === 'refuse') await refuse(this.client, this.user, id)
      if (decision === 'accept' || decision === 'waver') await accept(this.client, this.user, id)
      if (decision === 'waver') await withdraw(this.client, this.user, id)
    }
  }

  /** Deletes what one of the rows became, unless that is merged or part of a transfer. */
  async delete(importId: string, index: number) {
    const imported = await verdicts(this.client, this.user, importId, { verdict: 'imported' })
    if (imported.length === 0) return
    const one = `${TRANSACTIONS}/${imported[index % imported.length].transactionId}`
    const shown = await this.client.get(one).loginAs(this.user)
    if (shown.body().kind !== 'transfer') await this.client.delete(one).loginAs(this.user)
  }

  async revert(ids: string[]) {
    for (const id of ids) await revert(this.client, this.user, id)
  }

  async ledger(options?: { keepIds: boolean }) {
    return ledgerOf(this.user, options)
  }
}

test.group('Imports / round trips', () => {
  test('end where they began', async ({ client, assert }) => {
    await fc.assert(
      fc.asyncProperty(rounds, async (given) => {
        const trip = await RoundTrip.begin(client, given.rows)
        const before = await trip.enter(given.entered)

        const first = await trip.import()
        const imported = await trip.ledger({ keepIds: false })
        await trip.decide(given.decisions)
        const decided = await trip.ledger()
        const second = await trip.import()
        const unchanged = await trip.ledger()
        const later = await trip.enter(given.enteredLater)
        if (given.deleted !== null) await trip.delete(first.id, given.deleted)
        if (given.overridden !== null) {
          const number = 1 + (given.overridden % given.rows.length)
          await override(client, trip.user, second.id, number, { verdict: 'imported' })
        }
        await trip.revert(given.secondFirst ? [second.id, first.id] : [first.id, second.id])
        const reverted = await trip.ledger()
        const third = await trip.import()
        const back = await trip.ledger({ keepIds: false })

        assert.equal(second.counts.imported, 0)
        assert.deepEqual(unchanged, decided)
        assert.deepEqual(reverted, [...before, ...later].sort())
        assert.deepEqual(third.counts, first.counts)
        assert.lengthOf(back, imported.length + later.length)
        assert.includeMembers(back, imported)
        assert.deepEqual(await differencesOf(trip.user), [])
        const { kept, recomputed } = await totalsOf(trip.user)
        assert.deepEqual(kept, recomputed)
      }),
      { numRuns: 25, endOnFailure: true }
    )
  }).timeout(120_000)
})
