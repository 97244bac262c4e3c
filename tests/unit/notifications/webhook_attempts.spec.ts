import { createHmac } from 'node:crypto'
import { test } from '@japa/runner'
import { webhooks } from '#config/webhooks'
import { pauseAfter } from '#notifications/domain/webhook_attempts'
import { messageOf } from '#notifications/domain/webhook_message'
import { newWebhookSecret, signatureOf } from '#notifications/domain/webhook_signature'

test.group('Webhooks / attempts', () => {
  test('wait longer each time, for about a day', ({ assert }) => {
    const pauses = webhooks.waits.map((_, made) => pauseAfter(made + 1, webhooks.waits, 0.5)!)

    const hours = pauses.reduce((sum, pause) => sum + pause, 0) / 3_600
    assert.deepEqual(pauses, webhooks.waits)
    assert.deepEqual(
      pauses.toSorted((a, b) => a - b),
      pauses
    )
    assert.isTrue(hours > 16 && hours < 24, `${hours} hours`)
  })

  test('end', ({ assert }) => {
    const most = webhooks.waits.length

    assert.isNotNull(pauseAfter(most, webhooks.waits))
    assert.isNull(pauseAfter(most + 1, webhooks.waits))
    assert.isNull(pauseAfter(most + 5, webhooks.waits))
  })

  test('do not come all at once', ({ assert }) => {
    assert.equal(pauseAfter(1, [100], 0), 80)
    assert.equal(pauseAfter(1, [100], 1), 120)
  })
})

test.group('Webhooks / message', () => {
  test('says what happened, and to what', ({ assert }) => {
    const message = messageOf({
      id: '019e0000-0000-7000-8000-000000000001',
      type: 'rule_run.completed',
      occurredAt: new Date('2026-01-31T09:00:00Z'),
      subjectType: 'RuleRun',
      subjectId: '019e0000-0000-7000-8000-000000000002',
    })

    assert.deepEqual(JSON.parse(message), {
      id: '019e0000-0000-7000-8000-000000000001',
      type: 'rule_run.completed',
      createdAt: '2026-01-31T09:00:00.000Z',
      data: { subject: { type: 'rule_run', id: '019e0000-0000-7000-8000-000000000002' } },
    })
  })

  test('signs time and body with each secret', ({ assert }) => {
    const [newer, older] = [newWebhookSecret(), newWebhookSecret()]
    const mark = (secret: string) =>
      createHmac('sha256', secret).update('1700000000.{"a":1}').digest('hex')

    const signature = signatureOf('{"a":1}', [newer, older], 1_700_000_000)

    assert.notEqual(newer, older)
    assert.equal(signature, `t=1700000000,v1=${mark(newer)},v1=${mark(older)}`)
  })
})
