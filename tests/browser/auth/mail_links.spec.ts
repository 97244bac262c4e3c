import { test } from '@japa/runner'
import type { Browser } from 'playwright-core'
import { tenant } from '#core/database/tenant'
import EmailVerification from '#auth/models/email_verification'
import PasswordReset from '#auth/models/password_reset'
import { launchBrowser } from '#tests/support/browser'
import { canSignIn } from '#tests/support/credentials'
import { newcomer } from '#tests/support/household'

const ORIGIN = `http://${process.env.HOST}:${process.env.PORT}`

test.group('Mail links', (group) => {
  let browser: Browser
  group.setup(async () => {
    const launched = await launchBrowser()
    browser = launched.browser
    return launched.close
  })

  async function open(path: string) {
    const page = await browser.newPage()
    const complaints: string[] = []
    page.on('console', (message) => complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(error.message))
    await page.goto(`${ORIGIN}${path}`)
    return { page, complaints }
  }

  test('confirm an address by a button', async ({ assert }) => {
    const user = await newcomer()
    const token = await tenant.transaction(user.id, async (trx) => {
      const verification = await EmailVerification.open(user, user.email, trx)
      return verification.issueToken(trx)
    })
    const isVerified = () =>
      tenant.transaction(user.id, async (trx) => {
        const row = await trx.from('users').where('id', user.id).firstOrFail()
        return row.email_verified_at !== null
      })

    const { page, complaints } = await open(`/verify-email#token=${token.value}`)
    const before = await isVerified()
    await page.click('button')
    await page.getByText('this e-mail address is yours').waitFor()

    assert.isFalse(before)
    assert.isTrue(await isVerified())
    assert.isEmpty(complaints)
  })

  test('set a password, and say what is wrong', async ({ client, assert }) => {
    const user = await newcomer()
    const token = await tenant.transaction(user.id, (trx) => PasswordReset.issue(user, trx))
    const { page } = await open(`/reset-password#token=${token.value}`)

    await page.fill('input', 'password2026!')
    await page.click('button')
    await page.getByText('too common').waitFor()
    await page.fill('input', 'a better horse, this time')
    await page.click('button')
    await page.getByText('password was changed').waitFor()

    assert.isTrue(await canSignIn(client, user, 'a better horse, this time'))
  })
})
