import { test } from '@japa/runner'
import { setTimeout as sleep } from 'node:timers/promises'
import { rate } from '#core/http/limits/rate'
import { Window } from '#core/http/limits/window'
import { Windows } from '#core/http/limits/windows'

test.group('Limits / rate', () => {
  test('reads {text}')
    .with([
      { text: '20/hour', requests: 20, seconds: 3_600 },
      { text: '1/second', requests: 1, seconds: 1 },
      { text: '1200/minute', requests: 1_200, seconds: 60 },
      { text: '5/day', requests: 5, seconds: 86_400 },
    ])
    .run(({ assert }, { text, ...expected }) => {
      assert.deepEqual(rate('X', text), expected)
    })

  test('refuses {$self}')
    .with([
      '',
      '20',
      '0/hour',
      '-1/hour',
      '1.5/hour',
      '20/hours',
      '20 / hour',
      '20/week',
      '1e3/day',
    ])
    .run(({ assert }, text) => {
      assert.throws(() => rate('RATE_LIMIT_AI', text), /^RATE_LIMIT_AI must be .*20\/hour/)
    })
})

test.group('Limits / window', () => {
  test('counts down and is over', ({ assert }) => {
    const window = new Window({ requests: 2, seconds: 60 })

    const standings = [1, 2, 3].map(() => window.standing(window.count()))

    assert.deepEqual(
      standings.map(({ remaining, isOver }) => [remaining, isOver]),
      [
        [1, false],
        [0, false],
        [0, true],
      ]
    )
    assert.equal(standings[0].reset, 60)
  })

  test('learns what others counted', ({ assert }) => {
    const window = new Window({ requests: 10, seconds: 60 })
    window.count()
    window.untold = 0

    window.learn({ consumed: 10, availableIn: 5 })

    const { isOver, reset } = window.standing(window.count())
    assert.isTrue(isOver)
    assert.equal(reset, 5)
  })

  test('takes back what was not the client', ({ assert }) => {
    const window = new Window({ requests: 3, seconds: 60 })
    const used = [window.claim(), window.claim(), window.claim()]

    window.settle(true)
    window.settle(false)

    assert.deepEqual(used, [1, 2, 3])
    assert.equal(window.untold, 1)
    assert.equal(window.standing().remaining, 1)
  })

  test('learns beside what is unproven', ({ assert }) => {
    const window = new Window({ requests: 10, seconds: 60 })
    for (let n = 0; n < 3; n++) window.claim()

    window.learn({ consumed: 5, availableIn: 60 })
    const before = window.standing()
    for (let n = 0; n < 3; n++) window.settle(false)

    assert.deepEqual([before.remaining, window.standing().remaining], [2, 5])
  })

  test('forgets nothing with an emptied Redis', ({ assert }) => {
    const window = new Window({ requests: 3, seconds: 60 })
    for (let n = 0; n < 3; n++) window.count()
    window.untold = 0

    window.learn({ consumed: 1, availableIn: 60 })

    assert.isTrue(window.standing(window.count()).isOver)
  })

  test('starts anew when it is over', async ({ assert }) => {
    const windows = new Windows({ requests: 1, seconds: 0.05 })
    const [mine, theirs] = [windows.of('a'), windows.of('b')]
    mine.count()

    await sleep(80)

    assert.notEqual(windows.of('a'), mine)
    assert.equal(windows.of('a'), windows.of('a'))
    assert.notEqual(theirs, mine)
  })

  test('remembers a bounded number of clients', ({ assert }) => {
    const windows = new Windows({ requests: 1, seconds: 60 })
    const first = windows.of('first')

    for (let n = 0; n < 50_000; n++) windows.of(`client-${n}`)

    assert.notEqual(windows.of('first'), first)
  })
})
