import { test } from '@japa/runner'
import fc from 'fast-check'
import { StatementRefused } from '#transactions/domain/statements/statement_refused'
import { detectDateOrder } from '#transactions/domain/statements/date_order'
import { dateOrder, readDate, type DateOrder } from '#transactions/domain/statements/dates'

const READ: [text: string, order: DateOrder, expected: string | null][] = [
  ['2026-01-31', 'DMY', '2026-01-31'],
  ['2026/1/5', 'MDY', '2026-01-05'],
  ['20260131', 'YMD', '2026-01-31'],
  ['2026年1月31日', 'DMY', '2026-01-31'],
  ['2026年13月1日', 'YMD', null],
  ['31012026', 'DMY', '2026-01-31'],
  ['26-01-31', 'YMD', '2026-01-31'],
  ['31.01.2026', 'DMY', '2026-01-31'],
  ['31. 1. 2026', 'DMY', '2026-01-31'],
  ['5/3/2026', 'DMY', '2026-03-05'],
  ['5/3/2026', 'MDY', '2026-05-03'],
  ['31.01.69', 'DMY', '2069-01-31'],
  ['31.01.70', 'DMY', '1970-01-31'],
  ['31 Jan 2026', 'DMY', '2026-01-31'],
  ['31-JAN-26', 'DMY', '2026-01-31'],
  ['January 31, 2026', 'MDY', '2026-01-31'],
  ['31. März 2026', 'DMY', '2026-03-31'],
  ['31 déc. 2026', 'DMY', '2026-12-31'],
  ['1 juin 2026', 'DMY', '2026-06-01'],
  ['1 juillet 2026', 'DMY', '2026-07-01'],
  ['15 mrt 2026', 'DMY', '2026-03-15'],
  ['30 feb 2026', 'DMY', null],
  ['2026-01-31T23:59:59Z', 'YMD', '2026-01-31'],
  ['31.01.2026 10:15', 'DMY', '2026-01-31'],
  ['1/31/2026 3:15:00 PM', 'MDY', '2026-01-31'],
  ['2026-01-31 10:00:00.123 UTC', 'YMD', '2026-01-31'],
  ['31.01.2026.', 'DMY', '2026-01-31'],
  ['31. 01. 2026. 10:15', 'DMY', '2026-01-31'],
  ['2026.01.31.', 'YMD', '2026-01-31'],
  ['2026. 01. 31.', 'YMD', '2026-01-31'],
  ['31 de enero de 2026', 'DMY', '2026-01-31'],
  ['31 de marzo del 2026', 'DMY', '2026-03-31'],
  ['31 stycznia 2026', 'DMY', '2026-01-31'],
  ['1 czerwca 2026', 'DMY', '2026-06-01'],
  ['1 lipca 2026', 'DMY', '2026-07-01'],
  ['1 sierpnia 2026', 'DMY', '2026-08-01'],
  ['31 października 2026', 'DMY', '2026-10-31'],
  ['31. ledna 2026', 'DMY', '2026-01-31'],
  ['1. června 2026', 'DMY', '2026-06-01'],
  ['1. července 2026', 'DMY', '2026-07-01'],
  ['1. srpna 2026', 'DMY', '2026-08-01'],
  ['1. listopadu 2026', 'DMY', '2026-11-01'],
  ['31. tammikuuta 2026', 'DMY', '2026-01-31'],
  ['31. maaliskuuta 2026', 'DMY', '2026-03-31'],
  ['30. marraskuuta 2026', 'DMY', '2026-11-30'],
  ['31 Ocak 2026', 'DMY', '2026-01-31'],
  ['31 Mayıs 2026', 'DMY', '2026-05-31'],
  ['31 Ağustos 2026', 'DMY', '2026-08-31'],
  ['30 Kasım 2026', 'DMY', '2026-11-30'],
  ['1 listopada 2026', 'DMY', null],
  ['1 lipnja 2026', 'DMY', null],
  ['1 srpnja 2026', 'DMY', null],
  ['2024-02-29', 'YMD', '2024-02-29'],
  ['2000-02-29', 'YMD', '2000-02-29'],
  ['1900-02-29', 'YMD', null],
  ['2026-02-30', 'YMD', null],
  ['30.02.2026', 'DMY', null],
  ['31.04.2026', 'DMY', null],
  ['13/13/2026', 'DMY', null],
  ['00.01.2026', 'DMY', null],
  ['2026-1', 'YMD', null],
  ['0026-01-31', 'YMD', null],
  ['31 Foo 2026', 'DMY', null],
  ['46053', 'YMD', null],
  ['2026-01-31x', 'YMD', null],
  ['', 'YMD', null],
]

test.group('CSV dates', () => {
  test('reads {text} {order} as {expected}')
    .with(READ.map(([text, order, expected]) => ({ text, order, expected })))
    .run(({ assert }, { text, order, expected }) => {
      assert.strictEqual(readDate(text, order), expected)
    })

  test('reads every day written anyhow', () => {
    const day = fc.date({
      min: new Date('1970-01-01T00:00:00Z'),
      max: new Date('2069-12-31T00:00:00Z'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(
        day,
        fc.constantFrom<DateOrder>('YMD', 'DMY', 'MDY'),
        fc.constantFrom('-', '/', '.', ' '),
        fc.boolean(),
        (date, order, separator, short) => {
          const iso = date.toISOString().slice(0, 10)
          const [year, month, dayOfMonth] = iso.split('-')
          const parts = { Y: short ? year.slice(2) : year, M: month, D: dayOfMonth }
          const text = [...order].map((part) => parts[part as 'Y']).join(separator)
          return readDate(text, order) === iso
        }
      )
    )
  })

  test('agrees with the calendar', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1900, max: 2199 }),
        fc.integer({ min: 0, max: 14 }),
        fc.integer({ min: 0, max: 33 }),
        (year, month, day) => {
          const iso = [year, month, day].map((part) => String(part).padStart(2, '0')).join('-')
          const date = new Date(Date.UTC(year, month - 1, day))
          const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day
          return readDate(iso, 'YMD') === (exists ? iso : null)
        }
      )
    )
  })

  test('takes the order from {format}')
    .with([
      { format: 'DD.MM.YYYY', order: 'DMY' },
      { format: 'd/m/yy', order: 'DMY' },
      { format: 'MM/DD/YYYY', order: 'MDY' },
      { format: 'YYYYMMDD', order: 'YMD' },
      { format: 'DMY', order: 'DMY' },
      { format: 'DD.MM.YYYY HH:mm', order: 'DMY' },
      { format: "yyyy-MM-dd'T'HH:mm:ss", order: 'YMD' },
      { format: 'M/d/yy h:mm a', order: 'MDY' },
    ])
    .run(({ assert }, { format, order }) => {
      assert.equal(dateOrder(format), order)
    })

  test('refuses a format without days', ({ assert }) => {
    for (const format of ['', 'HH:mm', 'YYYY', 'YYYY-MM', 'YYYY-DD-MM', 'DD.MM.YYYY DD']) {
      assert.throws(() => dateOrder(format), StatementRefused)
    }
  })
})

const monthly = (mark: string) =>
  ['02', '03', '04', '05'].map((month) => ['01', month, '2026'].join(mark))

test.group('CSV dates / order', () => {
  test('is sure of {what}')
    .with([
      { what: 'ISO days', samples: ['2026-01-02', '2026-01-03'], order: 'YMD' },
      { what: 'a day above twelve', samples: ['01/02/2026', '13/02/2026'], order: 'DMY' },
      { what: 'a month-first day', samples: ['01/02/2026', '02/13/2026'], order: 'MDY' },
      { what: 'dots', samples: ['01.02.2026'], order: 'DMY' },
      {
        what: 'sorted days',
        samples: ['03/01/2026', '03/02/2026', '03/04/2026', '04/01/2026'],
        order: 'MDY',
      },
      {
        what: 'sorted days, newest first',
        samples: ['02/04/2026', '12/03/2026', '04/03/2026', '01/03/2026'],
        order: 'DMY',
      },
      { what: 'the first of each month', samples: monthly('.'), order: 'DMY' },
      { what: 'two digits of a year', samples: ['31/01/26', '30/01/26', '30/01/26'], order: 'DMY' },
      { what: 'two digits of a year after dots', samples: ['31.01.26'], order: 'DMY' },
      { what: 'a header without rows', samples: [], order: 'YMD' },
    ])
    .run(({ assert }, { samples, order }) => {
      const detected = detectDateOrder(samples)

      assert.equal(detected.order, order)
      assert.isAtLeast(detected.confidence, 0.75)
    })

  test('is unsure of {what}')
    .with([
      { what: 'two readings', samples: ['01/02/2026', '03/04/2026'] },
      { what: 'the first of each month', samples: monthly('/') },
      { what: 'a month of days', samples: ['03/01/2026', '03/02/2026', '03/04/2026'] },
      {
        what: 'the first of each month but one',
        samples: ['01/02/2026', '01/03/2026', '01/04/2026', '04/05/2026', '01/06/2026'],
      },
      { what: 'years in front of slashes', samples: ['26/01/31', '26/01/30', '26/01/29'] },
      { what: 'short years in dashes', samples: ['01-02-03'] },
      { what: 'no days', samples: ['yesterday', ''] },
    ])
    .run(({ assert }, { samples }) => {
      assert.isBelow(detectDateOrder(samples).confidence, 0.75)
    })

  test('asks when decimal commas and sorted days disagree', ({ assert }) => {
    const samples = ['03/01/2026', '03/02/2026', '03/04/2026', '04/01/2026']

    assert.isBelow(detectDateOrder(samples, { dayFirst: true }).confidence, 0.75)
    assert.equal(detectDateOrder(monthly('/'), { dayFirst: true }).order, 'DMY')
    assert.isAtLeast(detectDateOrder(monthly('/'), { dayFirst: true }).confidence, 0.75)
  })

  test('believes a bank that is known', ({ assert }) => {
    const known = { known: 'MDY' } as const

    assert.deepEqual(detectDateOrder(['01/02/2026'], known), { order: 'MDY', confidence: 0.9 })
    assert.equal(detectDateOrder(['13/02/2026'], known).order, 'DMY')
    assert.equal(detectDateOrder(['01.02.2026'], known).order, 'DMY')
  })

  test('lets decimal commas decide', ({ assert }) => {
    assert.isAtLeast(
      detectDateOrder(['01/02/2026', '03/04/2026'], { dayFirst: true }).confidence,
      0.75
    )
    assert.isBelow(detectDateOrder(['01-02-03'], { dayFirst: true }).confidence, 0.75)
  })
})
