import { test } from '@japa/runner'
import fc from 'fast-check'
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

  test('finds what V8 finds', () => {
    const { pattern } = fc.letrec<{ pattern: string }>((tie) => ({
      pattern: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom(
          'a',
          'B',
          '.',
          '^',
          '$',
          String.raw`\b`,
          '[ab]',
          '[^a]',
          String.raw`\d`,
          'é'
        ),
        fc.tuple(tie('pattern'), tie('pattern')).map(([left, right]) => left + right),
        fc.tuple(tie('pattern'), tie('pattern')).map(([left, right]) => `(?:${left}|${right})`),
        fc
          .tuple(tie('pattern'), fc.constantFrom('*', '+?', '?', '{1,2}'))
          .map(([part, times]) => `(?:${part})${times}`)
      ),
    }))
    const text = fc.string({ unit: fc.constantFrom('a', 'A', 'b', '1', ' ', 'é'), maxLength: 8 })
    fc.assert(
      fc.property(
        pattern.filter((each) => each.length <= 100),
        fc.array(text, { minLength: 1, maxLength: 5 }),
        (made, texts) => {
          const ours = new RulePattern(made)
          const theirs = new RegExp(made, 'iu')
          return texts.every((each) => ours.isFoundIn(each) === theirs.test(each))
        }
      ),
      { numRuns: 2_000 }
    )
  })
})
