import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { tenant } from '#core/database/tenant'
import { runningJob } from '#core/queue/running_job'
import NotifyOwner from '#auth/actions/notify_owner'
import SendPasswordReset from '#auth/actions/send_password_reset'
import { newcomer } from '#tests/support/household'
import { Mailbox, tokenOf } from '#tests/support/mailbox'

const RESET = /new password/i

test.group('Mails / of a job that runs again', (group) => {
  const { queue, mailbox } = Mailbox.setup(group)
  const job = async () => {
    const id = await queue().row({ queue: 'files' })
    return <T>(work: () => Promise<T>) =>
      runningJob.run({ queue: 'email', job: 'job', jobId: id, attempt: 1 }, work)
  }
  const lettersTo = (address: string, subject: RegExp) =>
    mailbox()
      .to(address)
      .filter(({ mail }) => subject.test(mail.subject ?? ''))

  test('is sent once', async ({ assert }) => {
    const { id: userId, email } = await newcomer()
    const again = await job()

    for (let times = 0; times < 3; times++) {
      await again(() => new NotifyOwner().handle({ userId, notice: 'otp-on' }))
    }

    assert.lengthOf(lettersTo(email, /One-time passwords/), 1)
  })

  test('leaves the token that was mailed alive', async ({ client, assert }) => {
    const { id: userId, email } = await newcomer()
    const again = await job()
    await again(() => new SendPasswordReset().handle({ userId }))

    await again(() => new SendPasswordReset().handle({ userId }))

    const [letter, ...others] = lettersTo(email, RESET)
    assert.isEmpty(others)
    const response = await client
      .post('/api/v1/auth/reset-password')
      .json({ token: tokenOf(letter), password: 'another horse battery' })
    response.assertStatus(204)
  })

  test('is the same when the first may have arrived', async ({ assert }) => {
    const { id: userId, email } = await newcomer()
    const again = await job()
    mailbox().hangsUp = true
    await assert.rejects(() => again(() => new SendPasswordReset().handle({ userId })), /away/)
    mailbox().hangsUp = false

    await again(() => new SendPasswordReset().handle({ userId }))

    const [first, second] = lettersTo(email, RESET)
    assert.equal(second.mail.messageId, first.mail.messageId)
    assert.equal(tokenOf(second), tokenOf(first))
  })

  test('does not bring back a used token', async ({ client, assert }) => {
    const { id: userId, email } = await newcomer()
    const again = await job()
    mailbox().hangsUp = true
    await assert.rejects(() => again(() => new SendPasswordReset().handle({ userId })), /away/)
    mailbox().hangsUp = false
    const [letter] = lettersTo(email, RESET)
    const reset = { token: tokenOf(letter), password: 'another horse battery' }
    const used = await client.post('/api/v1/auth/reset-password').json(reset)

    await again(() => new SendPasswordReset().handle({ userId }))

    const usedAgain = await client.post('/api/v1/auth/reset-password').json(reset)
    used.assertStatus(204)
    assert.equal(usedAgain.status(), 422)
    assert.lengthOf(lettersTo(email, RESET), 1)
  })

  test('keeps nothing of a sent mail but that', async ({ assert }) => {
    const { id: userId } = await newcomer()
    const again = await job()

    await again(() => new SendPasswordReset().handle({ userId }))

    const { rows } = await db.rawQuery(`SELECT * FROM mails WHERE kind = 'ResetPasswordMail'`)
    assert.lengthOf(rows, 1)
    assert.isNull(rows[0].seed)
    assert.notInclude(JSON.stringify(rows), '@example.com')
    const resets = await tenant.transaction(userId, (trx) => trx.from('password_resets'))
    assert.lengthOf(resets, 1)
  })
})
