import { BaseMail } from '@adonisjs/mail'
import { appUrl } from '#config/app'
import { Money } from '#core/money/money'
import { knownLocale } from '#notifications/domain/wordings'
import type Digest from '#notifications/models/digest'
import type { MoneyPicture, Told } from '#notifications/queries/digest_content'
import type User from '#users/models/user'

interface Content {
  firstDay: string
  lastDay: string
  told: Told[]

  /** How many more there are. */
  more: number
  money: MoneyPicture[]
}

/** Everything of a day or a week in one mail. */
export default class DigestMail extends BaseMail {
  constructor(
    readonly user: User,
    readonly digest: Digest,
    readonly content: Content
  ) {
    super()
  }

  prepare() {
    const title = this.digest.cadence === 'daily' ? 'Your day in Finora' : 'Your week in Finora'
    const { told, more, firstDay, lastDay } = this.content
    const days = firstDay === lastDay ? firstDay : `${firstDay} to ${lastDay}`
    const shown = { title, days, told, more, money: this.#money(), appUrl }
    this.message
      .to(this.user.email)
      .subject(title)
      .header('Auto-Submitted', 'auto-generated')
      .htmlView('emails/notifications/digest_html', shown)
      .textView('emails/notifications/digest_text', shown)
  }

  #money() {
    const locale = knownLocale(this.user.locale)
    return this.content.money.map(({ currency, income, expenses, balance }) => ({
      income: Money.of(income, currency).format(locale),
      expenses: Money.of(expenses, currency).format(locale),
      balance: Money.of(balance, currency).format(locale),
    }))
  }
}
