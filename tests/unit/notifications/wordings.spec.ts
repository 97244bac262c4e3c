import { test } from '@japa/runner'
import { kindNames, kinds, usualChannels } from '#notifications/domain/kinds'
import { knownLocale, wordings } from '#notifications/domain/wordings'

const facts = { locale: 'en', timeZone: 'Europe/Berlin' }

test.group('Wordings', () => {
  test('keep what a file is called in one line', ({ assert }) => {
    const name = `evil\r\nBcc: a@b.example\u2028${'x'.repeat(400)}`

    const { body } = wordings.importReverted({ ...facts, name })

    assert.notMatch(body, /[\r\n\u2028]/)
    assert.isBelow(body.length, 400)
  })

  test('let no name turn the sentence round', ({ assert }) => {
    const name = 'a\u202Egnp.exe\u202C \u2066b\u2069\u200F'
    const low = { alertKind: 'largeTransaction', amount: -1, threshold: 1, currency: 'EUR' }

    const { body } = wordings.alertTriggered({ ...facts, ...low, name, payee: '\u202Dpayee' })

    assert.notMatch(body, /\p{Bidi_Control}/u)
    assert.match(body, /on agnp\.exe b, payee:/)
  })

  test('have money as its owner writes it', ({ assert }) => {
    const low = { alertKind: 'lowBalance', name: 'Giro', amount: -12_50, threshold: 100_00 }

    const german = wordings.alertTriggered({ ...facts, ...low, locale: 'de', currency: 'EUR' })
    const yen = wordings.alertTriggered({ ...facts, ...low, currency: 'JPY' })

    assert.match(german.body, /Giro holds -12,50\s€, less than the 100,00\s€ you set\./)
    assert.match(yen.body, /-¥1,250/)
  })

  test('have the moment where the user lives', ({ assert }) => {
    const session = { device: 'Firefox on Linux', ip: null, at: new Date('2026-07-01T22:30:00Z') }

    const { body } = wordings.newSignIn({ ...facts, ...session })

    assert.equal(
      body,
      'Firefox on Linux, from an unknown address, on 2 July 2026 at 00:30 (Europe/Berlin).'
    )
  })

  test('say why a webhook was switched off', ({ assert }) => {
    const bodyOf = (reason: string) => wordings.webhookDisabled({ ...facts, reason }).body

    assert.match(bodyOf('failing'), /failed for too long/)
    assert.match(bodyOf('gone'), /says that it is there no more/)
    assert.match(bodyOf('security'), /password was reset/)
  })

  test('know a locale, or write English', ({ assert }) => {
    assert.deepEqual(['de-CH', 'en-12', 'xx-nowhere1'].map(knownLocale), ['de-CH', 'en', 'en'])
  })

  test('are mailed about who came in, always', ({ assert }) => {
    assert.isTrue(kinds['sign_in.new'].isSecurity)
    for (const kind of kindNames) assert.isTrue(usualChannels(kind).inApp)
  })
})
