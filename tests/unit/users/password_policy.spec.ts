import { test } from '@japa/runner'
import { work } from '#tests/support/work'
import { passwordRefusal } from '#users/domain/password_policy'

const ada = { name: 'Ada Lovelace', email: 'ada.lovelace+money@example.com' }

const ruleOf = (password: string) => passwordRefusal(password, ada)?.rule ?? null

test.group('Password policy', () => {
  test('accepts {password}')
    .with([
      { password: 'correct horse battery' },
      { password: 'correct-horse-battery-staple' },
      { password: 'vrt9 kqzw 3mbp' },
      { password: 'tr0ub4dor and 3 more' },
      { password: 'пароль из четырёх слов' },
      { password: '🐎🔋📎🧷🐎🔋🌲🌊🪨🧵🕯🫖' },
      { password: 'finora holds my four accounts' },
      { password: 'lovelace wrote the first program' },
    ])
    .run(({ assert }, { password }) => {
      assert.isNull(ruleOf(password))
    })

  test('refuses {password}: {rule}')
    .with([
      { password: 'elevenchars', rule: 'minLength' },
      { password: '🐎🔋📎🧷🐎🔋🌲🌊🪨🧵🕯', rule: 'minLength' },
      { password: `${'ab cd ef '.repeat(14)}xyz`, rule: 'maxLength' },
      { password: '1qaz2wsx3edc', rule: 'commonPassword' },
      { password: 'QWERTY123456', rule: 'commonPassword' },
      { password: 'chickenwing101', rule: 'commonPassword' },
      { password: 'password2026!', rule: 'commonPassword' },
      { password: '!dragon!1999', rule: 'commonPassword' },
      { password: 'letmeinletmein', rule: 'commonPassword' },
      { password: 'P@ssw0rd12345', rule: 'commonPassword' },
      { password: 'aaaaaaaaaaaa', rule: 'commonPassword' },
      { password: 'abababababab', rule: 'commonPassword' },
      { password: 'abcdefghijklm', rule: 'commonPassword' },
      { password: '123456789012', rule: 'commonPassword' },
      { password: 'finorafinora', rule: 'personalPassword' },
      { password: 'Finora-2026!!', rule: 'personalPassword' },
      { password: 'Ada Lovelace', rule: 'personalPassword' },
      { password: 'lovelace-1815', rule: 'personalPassword' },
      { password: 'ada.lovelace+money@example.com', rule: 'personalPassword' },
      { password: 'AdaLovelaceMoney', rule: 'personalPassword' },
    ])
    .run(({ assert }, { password, rule }) => {
      assert.equal(ruleOf(password), rule)
    })

  test('counts characters, not their halves', ({ assert }) => {
    assert.isNull(ruleOf('🐎🔋 '.repeat(42) + '🧷'))
    assert.equal(ruleOf('🐎🔋 '.repeat(43)), 'maxLength')
  })

  test('ignores names too short to guess by', ({ assert }) => {
    const bo = { name: 'Bo Li', email: 'b@li.cn' }

    assert.isNull(passwordRefusal('bobolilithium', bo))
  })

  test('answers at once, whatever it is', ({ assert }) => {
    const hostile = ['-'.repeat(128), 'a'.repeat(127) + '!', '1a'.repeat(64), '\u0000'.repeat(128)]
    const worked = work()

    for (let round = 0; round < 100; round++) hostile.forEach(ruleOf)

    assert.isBelow(worked(), 1_000)
  })
})
