import { test } from '@japa/runner'
import { digestPeriod, nextDigestAfter } from '#notifications/domain/digest_moment'

const daily = { cadence: 'daily', hour: 8, timeZone: 'Europe/Berlin' } as const
const weekly = { ...daily, cadence: 'weekly' } as const

test.group('Digest / moment', () => {
  test('after {now}, {time.cadence} in {time.timeZone}')
    .with([
      { time: daily, now: '2026-01-15T06:59:59Z', next: '2026-01-15T07:00:00Z' },
      { time: daily, now: '2026-01-15T07:00:00Z', next: '2026-01-16T07:00:00Z' },
      { time: daily, now: '2026-03-28T12:00:00Z', next: '2026-03-29T06:00:00Z' },
      { time: daily, now: '2026-10-24T12:00:00Z', next: '2026-10-25T07:00:00Z' },
      { time: weekly, now: '2026-01-15T12:00:00Z', next: '2026-01-19T07:00:00Z' },
      { time: weekly, now: '2026-01-19T07:00:00Z', next: '2026-01-26T07:00:00Z' },
      {
        time: { ...daily, timeZone: 'Asia/Kathmandu' },
        now: '2026-01-15T06:00:00Z',
        next: '2026-01-16T02:15:00Z',
      },
      {
        time: { ...daily, hour: 2 },
        now: '2026-03-28T12:00:00Z',
        next: '2026-03-29T01:00:00Z',
      },
    ])
    .run(({ assert }, { time, now, next }) => {
      const found = nextDigestAfter(new Date(now), time)

      assert.equal(found.toISOString(), new Date(next).toISOString())
    })
})

test.group('Digest / period', () => {
  test('is the day before, when clocks go forward too', ({ assert }) => {
    const period = digestPeriod(new Date('2026-03-29T06:00:00Z'), daily)

    assert.deepEqual(period, {
      day: '2026-03-29',
      until: new Date('2026-03-29T06:00:00Z'),
      firstDay: '2026-03-28',
      lastDay: '2026-03-28',
    })
  })

  test('is the week before', ({ assert }) => {
    const { day, firstDay, lastDay } = digestPeriod(new Date('2026-01-19T07:00:00Z'), weekly)

    assert.deepEqual([day, firstDay, lastDay], ['2026-01-19', '2026-01-12', '2026-01-18'])
  })

  test('is named by the day where the user lives', ({ assert }) => {
    const time = { cadence: 'daily', hour: 8, timeZone: 'Pacific/Auckland' } as const

    const { day } = digestPeriod(new Date('2026-01-14T19:00:00Z'), time)

    assert.equal(day, '2026-01-15')
  })
})
