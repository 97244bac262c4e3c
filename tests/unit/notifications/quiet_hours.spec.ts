import { test } from '@japa/runner'
import fc from 'fast-check'
import { quietUntil } from '#notifications/domain/quiet_hours'

const night = { start: '22:00', end: '07:00', timeZone: 'Europe/Berlin' }

/** Clocks go forward on 2026-03-29 at 02:00 and back on 2026-10-25 at 03:00 in Berlin. */
const TABLE = [
  { what: 'in the evening', now: '2026-01-15T21:30:00Z', until: '2026-01-16T06:00:00Z' },
  { what: 'after midnight', now: '2026-01-16T01:00:00Z', until: '2026-01-16T06:00:00Z' },
  { what: 'at their start', now: '2026-01-15T21:00:00Z', until: '2026-01-16T06:00:00Z' },
  { what: 'just before', now: '2026-01-15T20:59:59Z', until: null },
  { what: 'at their end', now: '2026-01-16T06:00:00Z', until: null },
  { what: 'in summer', now: '2026-07-15T21:30:00Z', until: '2026-07-16T05:00:00Z' },
  { what: 'over the short night', now: '2026-03-28T22:00:00Z', until: '2026-03-29T05:00:00Z' },
  { what: 'over the long night', now: '2026-10-24T21:00:00Z', until: '2026-10-25T06:00:00Z' },
  {
    what: 'by day',
    now: '2026-01-15T12:15:00Z',
    until: '2026-01-15T13:30:00Z',
    hours: { start: '13:00', end: '14:30', timeZone: 'Europe/Berlin' },
  },
  {
    what: 'that end in the missing hour',
    now: '2026-03-28T23:00:00Z',
    until: '2026-03-29T01:30:00Z',
    hours: { ...night, end: '02:30' },
  },
  {
    what: 'half an hour off',
    now: '2026-01-15T17:00:00Z',
    until: '2026-01-16T01:30:00Z',
    hours: { ...night, timeZone: 'Asia/Kolkata' },
  },
  {
    what: 'beyond the date line',
    now: '2026-01-15T10:00:00Z',
    until: '2026-01-15T18:00:00Z',
    hours: { ...night, timeZone: 'Pacific/Auckland' },
  },
]

test.group('Quiet hours', () => {
  test('{what}')
    .with(TABLE)
    .run(({ assert }, { now, until, hours = night }) => {
      const end = quietUntil(new Date(now), hours)

      assert.equal(end?.toISOString() ?? null, until && new Date(until).toISOString())
    })

  test('end later than now, and within a day and an hour', ({ assert }) => {
    const clock = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map(([hour, minute]) => `${pad(hour)}:${pad(minute)}`)
    const moment = fc.date({
      min: new Date('2025-01-01'),
      max: new Date('2027-12-31'),
      noInvalidDate: true,
    })
    const zone = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'UTC')

    fc.assert(
      fc.property(moment, clock, clock, zone, (now, start, end, timeZone) => {
        const until = quietUntil(now, { start, end, timeZone })
        if (until === null) return

        const wait = until.getTime() - now.getTime()
        assert.isAbove(wait, 0)
        assert.isAtMost(wait, 25.5 * 3_600_000)
      })
    )
  })
})

function pad(value: number) {
  return String(value).padStart(2, '0')
}
