import { DateTime } from 'luxon'
import { randomUUIDv7 } from 'node:crypto'
import { tenant } from '#core/database/tenant'
import EvaluateHabits from '#gamification/actions/evaluate_habits'
import JoinChallenge from '#gamification/actions/join_challenge'
import MarkForEvaluation from '#gamification/actions/mark_for_evaluation'
import { Definitions } from '#gamification/queries/definitions'
import RecordTransfer from '#transactions/actions/record_transfer'
import Category from '#transactions/models/category'
import RegisterUser from '#users/actions/register_user'
import type User from '#users/models/user'
import OpenAccount from '#wallet/actions/open_account'
import type Account from '#wallet/models/account'
import { type Booking, demoStatement } from '#database/demo/statement'

export const DEMO_SIGN_IN = {
  email: 'demo@finora.test',
  password: 'correct-horse-battery-staple',
}

const ACCOUNTS = [
  { name: 'Checking', type: 'checking', currency: 'EUR', openingBalance: 1_850_00 },
  { name: 'Credit Card', type: 'credit', currency: 'EUR', openingBalance: -240_00 },
  { name: 'Savings', type: 'savings', currency: 'EUR', openingBalance: 6_400_00 },
  { name: 'Zürich Account', type: 'checking', currency: 'CHF', openingBalance: 900_00 },
  { name: 'Cash', type: 'cash', currency: 'EUR', openingBalance: 80_00 },
] as const

const CHALLENGES = ['steady-week', 'ten-entries', 'sorted-month', 'saving-tenth']

/** Signs up the demo household and books three years of its life. */
export class DemoHousehold {
  /** @param say called with what was done, for people who wait */
  async handle(say: (done: string) => void) {
    const user = await new RegisterUser().handle({
      ...DEMO_SIGN_IN,
      name: 'Demo Household',
      timezone: 'Europe/Zurich',
      emailVerified: true,
    })
    const accounts = new Map<string, Account>()
    for (const account of ACCOUNTS) {
      accounts.set(account.name, await new OpenAccount().handle({ actor: user, ...account }))
    }
    say(`${accounts.size} accounts in two currencies`)

    const { bookings, movements } = demoStatement(DateTime.utc())
    await this.#book(user, accounts, bookings)
    say(`${bookings.length} transactions over three years`)

    for (const { from, to, ...movement } of movements) {
      await new RecordTransfer().handle({
        actor: user,
        fromAccountId: accounts.get(from)!.id,
        toAccountId: accounts.get(to)!.id,
        ...movement,
      })
    }
    say(`${movements.length} transfers between the accounts`)

    await this.#earn(user)
    say('badges and points for all of that')
  }

  async #earn(user: User) {
    const challenges = await tenant.read(user.id, (reader) => new Definitions().challenges(reader))
    const join = new JoinChallenge(new MarkForEvaluation())
    for (const { id, code } of challenges) {
      if (CHALLENGES.includes(code)) await join.handle({ actor: user, id })
    }
    await new EvaluateHabits().handle({ userId: user.id })
  }

  async #book(user: User, accounts: Map<string, Account>, bookings: Booking[]) {
    await tenant.ledger(user.id, async (trx) => {
      const known = await Category.query({ client: trx })
      const categories = new Map(known.map(({ name, id }) => [name, id]))
      const rows = bookings.map(({ account: name, category, amount, bookedOn, payee, notes }) => ({
        user_id: user.id,
        id: randomUUIDv7(),
        account_id: accounts.get(name)!.id,
        category_id: categories.get(category)!,
        kind: amount > 0 ? 'income' : 'expense',
        amount_minor: amount,
        currency: accounts.get(name)!.currency,
        booked_on: bookedOn,
        payee,
        notes: notes ?? null,
        created_at: eveningOf(bookedOn),
      }))
      for (let start = 0; start < rows.length; start += 500) {
        await trx
          .insertQuery()
          .table('transactions')
          .multiInsert(rows.slice(start, start + 500))
      }
    })
  }
}

/** They sit down in the evening and record what the day has cost. */
function eveningOf(day: string) {
  return new Date(Math.min(Date.parse(`${day}T18:00:00Z`), Date.now()))
}
