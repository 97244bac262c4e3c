import type { DateTime } from 'luxon'

/** One booking of the demo household; amounts in minor units of the account's currency. */
export interface Booking {
  account: 'Checking' | 'Credit Card' | 'Savings' | 'Zürich Account' | 'Cash'
  bookedOn: string
  payee: string
  category: string
  amount: number
  notes?: string
}

/** Money between two of its accounts. */
export interface Movement {
  from: Booking['account']
  to: Booking['account']
  bookedOn: string
  amount: number
  toAmount?: number
  description: string
}

interface Habit {
  category: string
  payees: string[]
  account: Booking['account']
  perMonth: number
  from: number
  to: number
}

const HABITS: Habit[] = [
  {
    category: 'Groceries',
    payees: ['Migros', 'Coop', 'Öko-Markt', 'Carrefour', 'Bäckerei Groß'],
    account: 'Checking',
    perMonth: 14,
    from: 8_50,
    to: 94_00,
  },
  {
    category: 'Dining',
    payees: ['Pizzeria Napoli', 'Le Bistrot d’Été', '麺屋武蔵', 'Café Zürich'],
    account: 'Credit Card',
    perMonth: 7,
    from: 9_00,
    to: 82_00,
  },
  {
    category: 'Transport',
    payees: ['SNCF', 'Deutsche Bahn', 'Uber'],
    account: 'Credit Card',
    perMonth: 6,
    from: 2_40,
    to: 68_00,
  },
  {
    category: 'Shopping',
    payees: ['IKEA', 'Zalando', 'Bücher Thalia'],
    account: 'Credit Card',
    perMonth: 4,
    from: 12_00,
    to: 180_00,
  },
  {
    category: 'Health',
    payees: ['Apotheke am Markt', 'Dr. Jiří Novák'],
    account: 'Checking',
    perMonth: 1,
    from: 8_00,
    to: 120_00,
  },
  {
    category: 'Entertainment',
    payees: ['Cinéma Lumière', 'Театр на Таганке'],
    account: 'Credit Card',
    perMonth: 2,
    from: 11_00,
    to: 64_00,
  },
  {
    category: 'Gifts',
    payees: ['Blumen Weber', 'Librairie Centrale'],
    account: 'Cash',
    perMonth: 1,
    from: 10_00,
    to: 60_00,
  },
]

interface Standing extends Omit<Booking, 'bookedOn'> {
  day: number
}

const STANDING: Standing[] = [
  {
    day: 1,
    account: 'Checking',
    payee: 'Hausverwaltung Müller',
    category: 'Rent',
    amount: -1_240_00,
  },
  { day: 3, account: 'Checking', payee: 'Stadtwerke Köln', category: 'Utilities', amount: -118_40 },
  { day: 5, account: 'Checking', payee: 'Vodafone', category: 'Utilities', amount: -39_99 },
  { day: 12, account: 'Credit Card', payee: 'Netflix', category: 'Entertainment', amount: -13_99 },
  { day: 14, account: 'Credit Card', payee: 'Spotify', category: 'Entertainment', amount: -10_99 },
  {
    day: 20,
    account: 'Checking',
    payee: 'Helvetia Versicherung',
    category: 'Insurance',
    amount: -74_50,
  },
  { day: 25, account: 'Checking', payee: 'ACME GmbH', category: 'Salary', amount: 3_450_00 },
  {
    day: 28,
    account: 'Zürich Account',
    payee: 'Kübler Design',
    category: 'Freelance',
    amount: 820_00,
  },
]

/**
 * Three years up to `today`, the same for the same day: salary, rent and
 * subscriptions on their days, everyday spending at random with more of it in
 * December, refunds, savings every month, and a second currency.
 */
export function demoStatement(today: DateTime): { bookings: Booking[]; movements: Movement[] } {
  const random = mulberry32(20_260_101)
  const between = (from: number, to: number) => from + Math.floor(random() * (to - from))
  const bookings: Booking[] = []
  const movements: Movement[] = []
  const first = today.startOf('month').minus({ months: 35 })

  for (let month = first; month <= today; month = month.plus({ months: 1 })) {
    const onDay = (day: number) => month.set({ day }).toISODate()!
    const season = month.month === 12 ? 1.5 : month.month === 7 ? 1.3 : 1

    for (const { day, ...standing } of STANDING)
      bookings.push({ ...standing, bookedOn: onDay(day) })
    for (const { payees, perMonth, from, to, ...habit } of HABITS) {
      for (let count = Math.round(perMonth * season); count > 0; count--) {
        const refunded = random() < 0.02
        const amount = between(from, to)
        bookings.push({
          ...habit,
          payee: payees[between(0, payees.length)],
          bookedOn: onDay(between(1, 29)),
          amount: refunded ? Math.floor(amount / 2) : -amount,
          ...(refunded && { notes: 'Refund' }),
        })
      }
    }
    if (month.month === 7) {
      bookings.push(
        {
          account: 'Credit Card',
          bookedOn: onDay(9),
          payee: 'Lufthansa',
          category: 'Travel',
          amount: -between(320_00, 640_00),
        },
        {
          account: 'Credit Card',
          bookedOn: onDay(11),
          payee: 'Hôtel Plaza',
          category: 'Travel',
          amount: -between(480_00, 910_00),
        }
      )
    }
    movements.push(
      {
        from: 'Checking',
        to: 'Savings',
        bookedOn: onDay(26),
        amount: 350_00,
        description: 'Savings plan',
      },
      {
        from: 'Checking',
        to: 'Credit Card',
        bookedOn: onDay(27),
        amount: between(700_00, 1_000_00),
        description: 'Card bill',
      },
      {
        from: 'Checking',
        to: 'Cash',
        bookedOn: onDay(2),
        amount: 60_00,
        description: 'Cash machine',
      }
    )
    if (month.month % 6 === 0) {
      movements.push({
        from: 'Zürich Account',
        to: 'Checking',
        bookedOn: onDay(28),
        amount: 2_000_00,
        toAmount: 2_090_00,
        description: 'Home from Zürich',
      })
    }
  }
  const until = today.toISODate()!
  return {
    bookings: bookings.filter(({ bookedOn }) => bookedOn <= until),
    movements: movements.filter(({ bookedOn }) => bookedOn <= until),
  }
}

/** A small deterministic generator (Tommy Ettinger's mulberry32). */
function mulberry32(seed: number) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
