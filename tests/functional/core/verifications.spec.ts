import { setTimeout as sleep } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { ChainVerification } from '#core/audit/chain_verification'
import { VerificationFailed, verifyInTurn } from '#core/database/verification_round'
import { LedgerVerification } from '#transactions/queries/ledger_verification'
import { eventually } from '#tests/support/eventually'
import { evaluate, sayBalance, today } from '#tests/support/habits'
import { household, newcomer, record } from '#tests/support/household'
import { QueueFixture } from '#tests/support/queues'
import { schedule } from '#start/schedule'

const users = { table: 'users', column: 'id' }
const nudge = (userId: string, by: number) =>
  db
    .connection('system')
    .rawQuery('UPDATE daily_totals SET expense_minor = expense_minor + ? WHERE user_id = ?', [
      by,
      userId,
    ])

async function spender() {
  const { user, checking } = await household({ checking: 0 })
  await record(user, { accountId: checking.id, amount: -100 })
  return user
}

test.group('Verification / in turn', (group) => {
  const queues = QueueFixture.setup(group)
  const startOver = async () => {
    await db.connection('system').rawQuery('DELETE FROM verifications')
  }
  group.each.timeout(60_000)
  group.each.setup(async () => {
    await startOver()
    return startOver
  })

  test('goes on where the last run stopped', async ({ assert }) => {
    for (let n = 0; n < 5; n++) await newcomer()
    const { rows } = await db.connection('system').rawQuery('SELECT id FROM users ORDER BY id')
    const all = rows.map(({ id }: { id: string }) => id)
    const seen: string[] = []
    let runs = 0
    const run = async () => {
      runs++
      await verifyInTurn({
        kind: 'ledger',
        users,
        batch: Math.ceil(all.length / 3),
        budget: 20,
        check: async (ids) => {
          seen.push(...ids)
          await sleep(30)
          return []
        },
      })
    }

    while (seen.length < all.length) await run()

    assert.deepEqual(seen, all)
    assert.isAtLeast(runs, 3)
  })

  test('starts over after the last user', async ({ assert }) => {
    await newcomer()
    const rounds: string[][] = []
    const check = async (ids: string[]) => {
      rounds.at(-1)!.push(...ids)
      return []
    }

    for (let round = 0; round < 2; round++) {
      rounds.push([])
      await verifyInTurn({ kind: 'ledger', users, check })
    }

    assert.isNotEmpty(rounds[0])
    assert.deepEqual(rounds[1], rounds[0])
  })

  test('tells at the end what it found', async ({ assert }) => {
    await newcomer()
    const check = async () => ['one is wrong', 'another is']

    await assert.rejects(
      () => verifyInTurn({ kind: 'ledger', users, check, batch: 1_000_000 }),
      /^ledger: 2 found by node ace ledger:verify: one is wrong; another is$/
    )
    const again = verifyInTurn({ kind: 'ledger', users, check }).catch((error) => error)
    assert.instanceOf(await again, VerificationFailed)
  })

  test('finds again what a run that died had found', async ({ assert }) => {
    for (let n = 0; n < 3; n++) await newcomer()
    const checked: string[] = []
    const plan = { kind: 'ledger' as const, users, batch: 1 }
    const dying = async ([id]: string[]) => {
      checked.push(id)
      if (checked.length === 2) throw new Error('died')
      return ['one is wrong']
    }
    await assert.rejects(() => verifyInTurn({ ...plan, check: dying }), 'died')
    const again: string[] = []

    await assert.rejects(() =>
      verifyInTurn({
        ...plan,
        batch: 1_000_000,
        check: async (ids) => {
          again.push(...ids)
          return ['one is wrong']
        },
      })
    )

    assert.equal(again[0], checked[0])
  })

  test('fails its job at once', async ({ assert, cleanup }) => {
    const user = await spender()
    cleanup(async () => {
      await nudge(user.id, -1)
    })
    const verify = async () => {
      const id = await queues().row({ job: 'verify-ledger', queue: 'csv-import', secondsOld: 5 })
      return id
    }
    queues().startWorker([], 'csv-import')
    const sound = await verify()
    await eventually(() => queues().isFinished(sound), 20_000)

    await nudge(user.id, 1)
    const broken = await verify()

    await eventually(() => queues().isFailed(broken), 20_000)
    assert.equal(await queues().errorOf(broken), 'VerificationFailed')
  })

  test('walks chains as a job', async ({ assert, cleanup }) => {
    const user = await spender()
    const lengthen = (by: number) =>
      db.connection('owner').transaction(async (trx) => {
        await trx.rawQuery(`SELECT set_config('finora.user_id', ?, true)`, [user.id])
        await trx.rawQuery('UPDATE audit_chains SET length = length + ? WHERE user_id = ?', [
          by,
          user.id,
        ])
      })
    await lengthen(1)
    cleanup(() => lengthen(-1))
    const id = await queues().row({ job: 'verify-audit', secondsOld: 5 })

    queues().startWorker()

    await eventually(() => queues().isFailed(id), 20_000)
    assert.equal(await queues().errorOf(id), 'VerificationFailed')
  })

  test('replays habits as a job, by night', async ({ assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await record(user, { accountId: checking.id, amount: -1, bookedOn: today() })
    await evaluate(user)
    const verify = async () => {
      await db.connection('system').rawQuery(
        `INSERT INTO verifications (kind, after)
         SELECT 'habits', id FROM users WHERE id < ? ORDER BY id DESC LIMIT 1
         ON CONFLICT (kind) DO UPDATE SET after = excluded.after`,
        [user.id]
      )
      return queues().row({ job: 'verify-habits', queue: 'gamification', secondsOld: 5 })
    }
    queues().startWorker([], 'gamification')
    const sound = await verify()
    await eventually(() => queues().isFinished(sound), 20_000)

    await sayBalance(user, 99)
    const broken = await verify()

    await eventually(() => queues().isFailed(broken), 20_000)
    assert.equal(await queues().errorOf(broken), 'VerificationFailed')
    assert.isTrue(schedule.some(({ job }) => job === 'verify-habits'))
    await sayBalance(user, 12)
  })

  test('looks at those asked for only', async ({ assert }) => {
    const broken = await spender()
    const sound = await spender()
    await nudge(broken.id, 1)

    const ofSound = await new LedgerVerification().handle([sound.id])
    const ofBoth = await new LedgerVerification().handle([sound.id, broken.id])
    const { chains, entries, broken: breaks } = await new ChainVerification().handle([sound.id])

    await nudge(broken.id, -1)
    assert.deepEqual(ofSound, { transactions: 1, differences: [] })
    assert.equal(ofBoth.transactions, 2)
    assert.containsSubset(ofBoth.differences, [{ kind: 'daily total', userId: broken.id }])
    assert.equal(chains, 1)
    assert.isAbove(entries, 0)
    assert.isEmpty(breaks)
  })
})
