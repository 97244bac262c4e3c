import { test } from '@japa/runner'
import { PatternRefused, RulePattern } from '#transactions/domain/rule_pattern'

const SLOW_ELSEWHERE = ['(a+)+$', '(a|a)*$', '(.*a){20}$', '^(([a-z])+.)+[A-Z]([a-z])+$']

test.group('Rule patterns', () => {
  test('finds {pattern} in {text}: {expected}')
    .with([
      { pattern: 'migros|coop', text: 'COOP City', expected: true },
      { pattern: '^coop', text: 'Pronto Coop', expected: false },
      { pattern: String.raw`\b\d{4}\b`, text: 'Card 1234', expected: true },
      { pattern: 'ZÜRICH', text: 'zu\u0308rich', expected: true },
      { pattern: String.raw`^\p{Greek}+$`, text: 'Καφέ', expected: true },
    ])
    .run(({ assert }, { pattern, text, expected }) => {
      assert.equal(new RulePattern(pattern).isFoundIn(text), expected)
    })

  test('looks no further than 1,000 characters', ({ assert }) => {
    const end = new RulePattern('end$')

    assert.isTrue(end.isFoundIn(`${'x'.repeat(997)}end`))
    assert.isFalse(end.isFoundIn(`${'x'.repeat(1_000)}end`))
  })

  test('refuses more than 200 characters', ({ assert }) => {
    assert.throws(() => new RulePattern('x'.repeat(201)), PatternRefused)
  })

  test('refuses {pattern}')
    .with(
      [
        '(',
        '[z-a]',
        'a**',
        '(?=lookahead)',
        '(?<!lookbehind)',
        String.raw`(a)\1`,
        'a{1001}',
        'a{201}',
        '(a{50}){50}',
      ].map((pattern) => ({ pattern }))
    )
    .run(({ assert }, { pattern }) => {
      assert.throws(() => new RulePattern(pattern), PatternRefused)
    })

  test('is quick with {pattern}')
    .with(SLOW_ELSEWHERE.map((pattern) => ({ pattern })))
    .run(({ assert }, { pattern }) => {
      const text = `${'a'.repeat(999)}!`
      const startedAt = performance.now()

      new RulePattern(pattern).isFoundIn(text)

      assert.isBelow(performance.now() - startedAt, 1_000)
    })
})
