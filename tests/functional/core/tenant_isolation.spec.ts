import { randomUUIDv7 } from 'node:crypto'
import { test } from '@japa/runner'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { tenant } from '#core/database/tenant'
import type Category from '#transactions/models/category'
import { balances, categoryOf, household, record, split } from '#tests/support/household'

interface Parties {
  mine: { userId: string; accountId: string; categoryId: string }
  theirs: { userId: string; accountId: string; categoryId: string; transactionId: string }
}

async function parties(): Promise<Parties> {
  const party = async () => {
    const { user, checking } = await household({ checking: 100 })
    const category: Category = await categoryOf(user, 'Dining')
    const { id } = await record(user, { accountId: checking.id, amount: -10 })
    await split(user, { id } as never, [[category, -10]])
    return { userId: user.id, accountId: checking.id, categoryId: category.id, transactionId: id }
  }
  return { mine: await party(), theirs: await party() }
}

const TABLES = ['accounts', 'categories', 'transactions', 'transaction_splits', 'monthly_totals']

test.group('Tenant isolation / as the application role', () => {
  test("changes none of another's rows: {table}")
    .with(TABLES.map((table) => ({ table })))
    .run(async ({ assert }, { table }) => {
      const { mine, theirs } = await parties()
      const count = async (userId: string) => {
        const rows = await tenant.transaction(userId, (trx) => trx.from(table).count('* as n'))
        return Number(rows[0].n)
      }
      const before = await count(theirs.userId)

      const touched = await tenant.transaction(mine.userId, async (trx) => {
        const updated = await trx
          .from(table)
          .where('user_id', theirs.userId)
          .update({ user_id: theirs.userId })
        const deleted = await trx.from(table).where('user_id', theirs.userId).delete()
        return [Number(updated), Number(deleted)]
      })

      assert.deepEqual(touched, [0, 0])
      assert.isAbove(before, 0)
      assert.equal(await count(theirs.userId), before)
    })

  test('cannot give its rows away: {table}')
    .with(['accounts', 'categories', 'transactions'].map((table) => ({ table })))
    .run(async ({ assert }, { table }) => {
      const { mine, theirs } = await parties()

      const give = () =>
        tenant.transaction(mine.userId, (trx) => trx.from(table).update({ user_id: theirs.userId }))

      await assert.rejects(give, /row-level security/)
    })

  test('cannot {title}')
    .with([
      {
        title: "book on another's account",
        work: ({ mine, theirs }: Parties) =>
          insert({ ...transaction(mine.userId, theirs.accountId) }),
        problem: /foreign key/,
      },
      {
        title: "use another's category",
        work: ({ mine, theirs }: Parties) =>
          insert({
            ...transaction(mine.userId, mine.accountId),
            category_id: theirs.categoryId,
          }),
        problem: /foreign key/,
      },
      {
        title: 'book in the name of another',
        work: ({ theirs }: Parties) => insert(transaction(theirs.userId, theirs.accountId)),
        problem: /row-level security/,
      },
      {
        title: "move to another's account",
        work:
          ({ theirs }: Parties) =>
          (trx: TransactionClientContract) =>
            trx.from('transactions').update({ account_id: theirs.accountId }),
        problem: /foreign key/,
      },
      {
        title: "hang under another's category",
        work:
          ({ mine, theirs }: Parties) =>
          (trx: TransactionClientContract) =>
            trx
              .from('categories')
              .where('id', mine.categoryId)
              .update({ parent_id: theirs.categoryId }),
        problem: /foreign key/,
      },
      {
        title: "split another's transaction",
        work:
          ({ mine, theirs }: Parties) =>
          (trx: TransactionClientContract) =>
            trx.table('transaction_splits').insert({
              user_id: mine.userId,
              transaction_id: theirs.transactionId,
              position: 7,
              amount_minor: -1,
              account_id: mine.accountId,
              currency: 'EUR',
              booked_on: '2026-01-15',
              kind: 'expense',
            }),
        problem: /foreign key/,
      },
      {
        title: 'book in a currency the account is not in',
        work: ({ mine }: Parties) =>
          insert({ ...transaction(mine.userId, mine.accountId), currency: 'USD' }),
        problem: /foreign key/,
      },
      {
        title: 'write the audit log anew',
        work: () => (trx: TransactionClientContract) =>
          trx.from('audit_logs').update({ action: 'nothing' }),
        problem: /permission denied/,
      },
      {
        title: 'forget what was audited',
        work: () => (trx: TransactionClientContract) => trx.from('audit_logs').delete(),
        problem: /permission denied/,
      },
      {
        title: 'change the schema',
        work: () => (trx: TransactionClientContract) =>
          trx.rawQuery('ALTER TABLE users DISABLE ROW LEVEL SECURITY'),
        problem: /must be owner/,
      },
      {
        title: 'become somebody else',
        work: () => (trx: TransactionClientContract) => trx.rawQuery('SET ROLE postgres'),
        problem: /permission denied|does not exist/,
      },
    ])
    .run(async ({ assert }, { work, problem }) => {
      const both = await parties()

      const attempt = () =>
        tenant.ledger(both.mine.userId, async (trx): Promise<unknown> => work(both)(trx))

      await assert.rejects(attempt, problem)
      const { theirs } = both
      assert.deepEqual(await balances({ id: theirs.userId } as never), { checking: 90 })
    })
})

function transaction(userId: string, accountId: string) {
  return {
    user_id: userId,
    id: randomUUIDv7(),
    account_id: accountId,
    kind: 'expense',
    amount_minor: -1,
    currency: 'EUR',
    booked_on: '2026-01-15',
    payee: 'X',
  }
}

function insert(row: object) {
  return (trx: TransactionClientContract) => trx.table('transactions').insert(row)
}
