import { readFile } from 'node:fs/promises'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { newWebhookSecret, signatureOf } from '#notifications/domain/webhook_signature'

type Verify = (signature: string, body: Buffer, secret: string) => boolean

/** The code that the documentation offers to receivers. */
async function sample(): Promise<Verify> {
  const page = await readFile(app.makePath('docs/webhooks.md'), 'utf8')
  const [, code] = /```js\n(.*?)```/s.exec(page)!
  const { isFromFinora } = await import(`data:text/javascript,${encodeURIComponent(code)}`)
  return isFromFinora
}

const now = () => Math.floor(Date.now() / 1_000)

test.group('Webhooks / sample', () => {
  test('accepts what we sign', async ({ assert }) => {
    const [secret, older] = [newWebhookSecret(), newWebhookSecret()]
    const verify = await sample()

    const signature = signatureOf('{"payee":"Bäckerei"}', [secret, older], now())

    assert.isTrue(verify(signature, Buffer.from('{"payee":"Bäckerei"}'), secret))
    assert.isTrue(verify(signature, Buffer.from('{"payee":"Bäckerei"}'), older))
  })

  test('refuses {title}')
    .with([
      { title: 'another body', body: '{"a":2}', change: (text: string) => text },
      { title: 'another time', change: (text: string) => text.replace(/t=\d+/, `t=${now() + 1}`) },
      { title: 'no time', change: (text: string) => text.replace(/t=\d+,/, '') },
      { title: 'no mark', change: (text: string) => text.replace(/,v1.*/, '') },
      { title: 'another version', change: (text: string) => text.replace('v1', 'v0') },
      { title: 'half a mark', change: (text: string) => text.slice(0, -32) },
      { title: 'nothing at all', change: () => '' },
    ])
    .run(async ({ assert }, { body = '{"a":1}', change }) => {
      const secret = newWebhookSecret()
      const verify = await sample()

      const signature = change(signatureOf('{"a":1}', [secret], now()))

      assert.isFalse(verify(signature, Buffer.from(body), secret))
    })

  test('refuses what is old, or of another', async ({ assert }) => {
    const secret = newWebhookSecret()
    const verify = await sample()
    const body = Buffer.from('{}')

    assert.isFalse(verify(signatureOf('{}', [secret], now() - 301), body, secret))
    assert.isFalse(verify(signatureOf('{}', [secret], now() + 310), body, secret))
    assert.isFalse(verify(signatureOf('{}', [newWebhookSecret()], now()), body, secret))
  })
})
