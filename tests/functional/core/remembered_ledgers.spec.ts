import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from '@japa/runner'
import { RememberedLedgers, rememberedLedgers } from '#core/database/remembered_ledgers'
import { tenant } from '#core/database/tenant'
import { eventually } from '#tests/support/eventually'
import { newcomer } from '#tests/support/household'

/** A ledger, how often Postgres was asked for it, and the way to ask. */
function ledgerOf(userId: string) {
  const ledger = { id: userId, currency: 'EUR', ledgerVersion: 1 }
  const asked = { times: 0 }
  const recall = (credential = 'session', meanwhile?: () => Promise<void>) =>
    rememberedLedgers.recall(userId, credential, async () => {
      asked.times++
      const found = { ...ledger }
      await meanwhile?.()
      return found
    })
  const isRemembered = async () => {
    const { times } = asked
    await recall()
    return asked.times === times
  }
  return { ledger, asked, recall, isRemembered }
}

test.group('Remembered ledgers', () => {
  test('are asked for once, for each credential', async ({ assert }) => {
    const { ledger, asked, recall, isRemembered } = ledgerOf(randomUUID())
    await eventually(isRemembered)
    const { times } = asked

    assert.deepEqual(await recall(), ledger)
    assert.equal(asked.times, times)
    await recall('another session')
    assert.equal(asked.times, times + 1)
  })

  test('are forgotten with every transaction of the user', async ({ assert }) => {
    const user = await newcomer()
    const { isRemembered } = ledgerOf(user.id)
    await eventually(isRemembered)

    await tenant.transaction(user.id, async () => {})

    assert.isFalse(await isRemembered())
  })

  test('are forgotten when the transaction fails', async ({ assert }) => {
    const user = await newcomer()
    const { isRemembered } = ledgerOf(user.id)
    await eventually(isRemembered)

    await assert.rejects(() =>
      tenant.transaction(user.id, () => Promise.reject(new Error('too late to know')))
    )

    assert.isFalse(await isRemembered())
  })

  test('are not noted by a reader who was overtaken by a write', async ({ assert }) => {
    const id = randomUUID()
    const { ledger, recall, isRemembered } = ledgerOf(id)
    await eventually(isRemembered)
    await rememberedLedgers.forget(id)
    await recall()

    await recall('slow', async () => {
      ledger.ledgerVersion = 2
      await rememberedLedgers.forget(id)
    })
    await sleep(50)

    const found = await recall('slow')
    assert.equal(found?.ledgerVersion, 2)
  })

  test('are asked for again after two seconds', async ({ assert }) => {
    const { isRemembered } = ledgerOf(randomUUID())
    await eventually(isRemembered)

    await sleep(2_100)

    assert.isFalse(await isRemembered())
  }).timeout(5_000)

  test('live from when Postgres was asked, however long it took', async ({ assert }) => {
    const { recall, isRemembered } = ledgerOf(randomUUID())
    await eventually(isRemembered)

    await recall('slow', async () => {
      await sleep(2_100)
    })
    await sleep(50)

    let asked = false
    await recall('slow', async () => {
      asked = true
    })
    assert.isTrue(asked)
  }).timeout(5_000)

  test('are forgotten everywhere by a process that thinks Redis slow', async ({ assert }) => {
    const id = randomUUID()
    const { isRemembered } = ledgerOf(id)
    await eventually(isRemembered)
    const elsewhere = new RememberedLedgers()

    const late = rememberedLedgers.forget(randomUUID())
    const until = performance.now() + 700
    while (performance.now() < until);
    await late
    await rememberedLedgers.forget(id)

    let asked = false
    await elsewhere.recall(id, 'session', async () => {
      asked = true
      return undefined
    })
    assert.isTrue(asked)
  })

  test('remember nobody who is unknown', async ({ assert }) => {
    const id = randomUUID()
    const nobody = () => rememberedLedgers.recall(id, 'session', async () => undefined)

    assert.deepEqual(
      [await nobody(), await nobody(), await nobody()],
      [undefined, undefined, undefined]
    )
  })
})
