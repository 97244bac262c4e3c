import type { ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import { tenant } from '#core/database/tenant'
import { auditOf } from '#tests/support/credentials'
import { eventually } from '#tests/support/eventually'
import { newcomer, PASSWORD } from '#tests/support/household'
import { Mailbox, tokenOf } from '#tests/support/mailbox'
import { PATH, tellAll } from '#tests/support/notifications'
import { makeWebhook, ping, showWebhook, UNREACHABLE, WEBHOOKS } from '#tests/support/webhooks'
import DisableUser from '#users/actions/disable_user'
import type User from '#users/models/user'

const AUTH = '/api/v1/auth'
const NEW = 'a better horse, this time'
const STOPPED = /webhooks were disabled/i

/** Of each of the user's webhooks, why it is disabled, if it is. */
async function reasons(user: User): Promise<(string | null)[]> {
  const rows = await tenant.transaction(user.id, (trx) => trx.from('webhooks').orderBy('id'))
  return rows.map((row) => row.disabled_reason)
}

test.group('Webhooks / security', (group) => {
  const { mailbox, queue } = Mailbox.setup(group)

  group.each.setup(() => void queue().startWorker([], 'notifications'))

  async function resetPassword(client: ApiClient, user: User) {
    await client.post(`${AUTH}/forgot-password`).json({ email: user.email })
    const token = tokenOf(await mailbox().next(user.email, /set a new password/i))
    const response = await client.post(`${AUTH}/reset-password`).json({ token, password: NEW })
    response.assertStatus(204)
  }

  test('end with a reset of the password', async ({ client, assert }) => {
    const user = await newcomer()
    const first = await makeWebhook(client, user, UNREACHABLE)
    await makeWebhook(client, user, { ...UNREACHABLE, enabled: false })
    await makeWebhook(client, user, UNREACHABLE)
    await ping(client, user, first.id)
    const stranger = await newcomer()
    await makeWebhook(client, stranger, UNREACHABLE)

    await resetPassword(client, user)

    await mailbox().next(user.email, STOPPED)
    assert.deepEqual(await reasons(user), ['security', 'owner', 'security'])
    assert.deepEqual(await reasons(stranger), [null])
    const log = await auditOf(user)
    assert.lengthOf(
      log.filter((action) => action === 'webhook.disabled'),
      2
    )
    const pending = await tenant.transaction(user.id, (trx) =>
      trx.from('webhook_deliveries').where('status', 'pending')
    )
    assert.lengthOf(pending, 0)

    const path = `${WEBHOOKS}/${first.id}`
    const shown = await showWebhook(client, user, first.id)
    const enabled = await client.patch(path).loginAs(user).json({ enabled: true })
    assert.containsSubset(shown, { enabled: false, disabledReason: 'security' })
    assert.containsSubset(enabled.body(), { enabled: true, disabledReason: null })
  })

  test('are said to have ended with a reset, and not to have failed', async ({
    client,
    assert,
  }) => {
    const user = await newcomer()
    await makeWebhook(client, user, UNREACHABLE)
    await resetPassword(client, user)
    await mailbox().next(user.email, STOPPED)

    await tellAll(user)

    const response = await client.get(PATH).qs({ kind: 'webhook.disabled' }).loginAs(user)
    const [{ body, data }] = response.body().data
    assert.match(body, /^Your password was reset or your account disabled/)
    assert.deepEqual(data, { reason: 'security' })
  })

  test('end when their owner is kept out', async ({ client, assert }) => {
    const user = await newcomer()
    await makeWebhook(client, user, UNREACHABLE)

    await new DisableUser().handle({ actor: 'system', userId: user.id, reason: 'asked for' })

    await eventually(async () => {
      const [reason] = await reasons(user)
      return reason === 'security'
    })
    assert.isEmpty(
      mailbox()
        .to(user.email)
        .filter(({ mail }) => STOPPED.test(mail.subject!))
    )
  })

  test('stay when their owner changes the password', async ({ client, assert }) => {
    const user = await newcomer()
    await makeWebhook(client, user, UNREACHABLE)

    const changed = await client
      .post('/api/v1/users/me/password')
      .loginAs(user)
      .json({ currentPassword: PASSWORD, password: NEW })
    changed.assertStatus(204)
    await eventually(async () => (await queue().open('notifications')) === 0)

    assert.deepEqual(await reasons(user), [null])
  })

  test('are told of by mail when one is made', async ({ client, assert }) => {
    const user = await newcomer()

    const { id } = await makeWebhook(client, user, UNREACHABLE)

    const { mail, raw } = await mailbox().next(user.email, /webhook was made/i)
    assert.include(mail.text, id)
    assert.include(String(mail.html), id)
    assert.notInclude(raw, '127.0.0.2')
  })

  test('are told of by mail when one leads elsewhere', async ({ client, assert }) => {
    const user = await newcomer()
    const { id } = await makeWebhook(client, user, UNREACHABLE)
    const change = (body: object) => client.patch(`${WEBHOOKS}/${id}`).loginAs(user).json(body)
    await change({ description: 'Mine', url: UNREACHABLE.url })
    await change({ events: ['import.completed'] })

    await change({ url: 'https://example.com/elsewhere' })

    const { mail, raw } = await mailbox().next(user.email, /webhook leads elsewhere/i)
    await eventually(async () => (await queue().open('email')) === 0)
    assert.include(mail.text, id)
    assert.notInclude(raw, 'example.com/elsewhere')
    const subjects = mailbox()
      .to(user.email)
      .map((letter) => letter.mail.subject!)
    assert.lengthOf(
      subjects.filter((subject) => /webhook/i.test(subject)),
      2
    )
  })
})
