import { test } from '@japa/runner'
import fc from 'fast-check'
import { StatementRefused } from '#transactions/domain/statements/statement_refused'
import {
  dateOrder,
  detectDateOrder,
  readDate,
  type DateOrder,
} from '#transactions/domain/statements/dates'

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
    ])
    .run(({ assert }, { format, order }) => {
      assert.equal(dateOrder(format), order)
    })

  test('refuses a format without days', ({ assert }) => {
    for (const format of ['', 'YYYY', 'YYYY-MM', 'YYYY-DD-MM', 'DD.MM.YYYY DD']) {
      assert.throws(() => dateOrder(format), StatementRefused)
    }
  })
})

test.group('CSV dates / order', () => {
  test('is sure of {what}')
    .with([
      { what: 'ISO days', samples: ['2026-01-02', '2026-01-03'], order: 'YMD' },
      { what: 'a day above twelve', samples: ['01/02/2026', '13/02/2026'], order: 'DMY' },
      { what: 'a month-first day', samples: ['01/02/2026', '02/13/2026'], order: 'MDY' },
      { what: 'dots', samples: ['01.02.2026'], order: 'DMY' },
      { what: 'sorted days', samples: ['03/01/2026', '03/02/2026', '03/04/2026'], order: 'MDY' },
      { what: 'a header without rows', samples: [], order: 'YMD' },
    ])
    .run(({ assert }, { samples, order }) => {
      const detected = detectDateOrder(samples, false)

      assert.equal(detected.order, order)
      assert.isAtLeast(detected.confidence, 0.75)
    })

  test('is unsure of {what}')
    .with([
      { what: 'two readings', samples: ['01/02/2026', '03/04/2026'] },
      { what: 'short years in dashes', samples: ['01-02-03'] },
      { what: 'no days', samples: ['yesterday', ''] },
    ])
    .run(({ assert }, { samples }) => {
      assert.isBelow(detectDateOrder(samples, false).confidence, 0.75)
    })

  test('lets decimal commas decide', ({ assert }) => {
    assert.isAtLeast(detectDateOrder(['01/02/2026', '03/04/2026'], true).confidence, 0.75)
    assert.isBelow(detectDateOrder(['01-02-03'], true).confidence, 0.75)
  })
})
