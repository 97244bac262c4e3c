import { test } from '@japa/runner'
import * as fc from 'fast-check'
import AmendTransaction from '#transactions/actions/amend_transaction'
import DeleteCategory from '#transactions/actions/delete_category'
import DeleteTransaction from '#transactions/actions/delete_transaction'
import SplitTransaction from '#transactions/actions/split_transaction'
import { tenant } from '#core/database/tenant'
import {
  balances,
  categoryOf,
  household,
  record,
  transfer,
  unconditionally as precondition,
} from '#tests/support/household'
import { differencesOf, totalsOf } from '#tests/support/ledger'

const OPENING = { checking: 1_000, savings: 0, dollars: 50 }
const CATEGORIES = ['Dining', 'Gifts', 'Salary', 'Travel']

type Pick = number

/** Numbers stand for whatever there is at the time: the n-th account, row or category. */
const amount = fc.integer({ min: -500, max: 500 }).filter((minor) => minor !== 0)
const day = fc.constantFrom('2025-12-31', '2026-01-01', '2026-01-31', '2026-02-01', '2026-02-14')
const pick = fc.nat({ max: 20 })
const category = fc.option(pick, { nil: null })
const write = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('record'), account: pick, amount, day, category }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('transfer'), account: pick, to: pick, amount, day }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('amend'),
      row: pick,
      amount,
      day,
      category,
      account: pick,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('split'),
      row: pick,
      category: pick,
      parts: fc.nat({ max: 3 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('delete'), row: pick }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('dissolve'), category: pick, heir: category }),
  }
)

type Write = {
  do: string
  account: Pick
  to: Pick
  row: Pick
  amount: number
  day: string
  category: Pick | null
  heir: Pick | null
  parts: number
}

/** A ledger that is written to at random; what is refused is no failure. */
class RandomLedger {
  static async open() {
    const { user, checking, savings, dollars } = await household({
      checking: OPENING.checking,
      savings: OPENING.savings,
      dollars: { opening: OPENING.dollars, currency: 'USD' },
    })
    const categories = await Promise.all(CATEGORIES.map((name) => categoryOf(user, name)))
    return new RandomLedger(user, [checking, savings, dollars], categories)
  }

  private constructor(
    readonly user: Awaited<ReturnType<typeof household>>['user'],
    private accounts: Awaited<ReturnType<typeof household<'x'>>>['x'][],
    private categories: Awaited<ReturnType<typeof categoryOf>>[]
  ) {}

  async apply(step: Write) {
    try {
      await this.#apply(step)
    } catch (error) {
      if (!((error as { status?: number }).status! < 500)) throw error
    }
  }

  async rows() {
    return tenant.transaction(this.user.id, (trx) => trx.from('transactions').orderBy('id'))
  }

  async #apply(step: Write) {
    const { user: actor } = this
    const account = at(this.accounts, step.account)
    const categoryId =
      step.category === null ? null : (at(this.categories, step.category)?.id ?? null)
    const id = at(await this.rows(), step.row)?.id
    switch (step.do) {
      case 'record':
        return record(actor, {
          accountId: account.id,
          amount: step.amount,
          bookedOn: step.day,
          categoryId,
        })
      case 'transfer':
        return transfer(actor, account, at(this.accounts, step.to), Math.abs(step.amount), {
          bookedOn: step.day,
          ...(account.currency !== at(this.accounts, step.to).currency && { toAmount: 7 }),
        })
      case 'dissolve':
        return this.#dissolve(step)
    }
    if (!id) return
    if (step.do === 'delete') return new DeleteTransaction().handle({ actor, id, precondition })
    if (step.do === 'split') return this.#split(id, step)
    const changes = { amount: step.amount, bookedOn: step.day, categoryId, accountId: account.id }
    return new AmendTransaction().handle({ actor, id, changes, precondition })
  }

  async #split(id: string, { parts, category: index }: Write) {
    const rows = await this.rows()
    const whole = rows.find((row) => row.id === id)!.amount_minor
    const amounts = Array.from({ length: parts }, (_, i) => (i === 0 ? whole - 3 * (parts - 1) : 3))
    const splits = amounts.map((minor, i) => ({
      amount: minor,
      categoryId: at(this.categories, index! + i)?.id ?? null,
    }))
    if (amounts.includes(0)) return
    await new SplitTransaction().handle({ actor: this.user, id, splits, precondition })
  }

  async #dissolve({ category: index, heir }: Write) {
    if (this.categories.length < 2) return
    const { id } = at(this.categories, index!)
    const moveTo = heir === null ? undefined : at(this.categories, heir).id
    await new DeleteCategory().handle({ actor: this.user, id, moveTo, precondition })
    this.categories = this.categories.filter((each) => each.id !== id)
  }
}

function at<T>(list: T[], index: number): T {
  return list[index % list.length]
}

test.group('Ledger / properties', () => {
  test('keeps totals equal to the rows', async ({ assert }) => {
    await fc.assert(
      fc.asyncProperty(fc.array(write, { minLength: 5, maxLength: 25 }), async (writes) => {
        const ledger = await RandomLedger.open()

        for (const step of writes) await ledger.apply(step as Write)

        const { kept, recomputed } = await totalsOf(ledger.user)
        assert.deepEqual(kept, recomputed)
      }),
      { numRuns: 25, endOnFailure: true }
    )
  }).timeout(60_000)

  test('keeps balances equal to the rows', async ({ assert }) => {
    await fc.assert(
      fc.asyncProperty(fc.array(write, { minLength: 5, maxLength: 25 }), async (writes) => {
        const ledger = await RandomLedger.open()

        await Promise.all(writes.map((step) => ledger.apply(step as Write)))

        const rows = await ledger.rows()
        const legs = rows.filter(({ kind, currency }) => kind === 'transfer' && currency === 'EUR')
        const pairs = Map.groupBy(legs, ({ transfer_id: id }) => id)
        const shown = await balances(ledger.user)
        const sum = rows.reduce((total, { amount_minor: minor }) => total + minor, 0)
        const opened = Object.values(OPENING).reduce((total, minor) => total + minor, 0)
        assert.equal(
          Object.values(shown).reduce((total, minor) => total + minor, 0),
          opened + sum
        )
        for (const pair of pairs.values()) {
          if (pair.length === 2) assert.equal(pair[0].amount_minor + pair[1].amount_minor, 0)
        }
        assert.deepEqual(await differencesOf(ledger.user), [])
      }),
      { numRuns: 15, endOnFailure: true }
    )
  }).timeout(60_000)
})
