import { BaseMail } from '@adonisjs/mail'
import { appUrl } from '#config/app'

/**
 * A mail about an account: `emails/auth/<view>_html` and `<view>_text`. Nothing
 * that people chose themselves stands in it, not even a name: whoever registers
 * with a stranger's address can't write to them in our name.
 */
export abstract class AccountMail extends BaseMail {
  abstract override subject: string

  /** Of the two views, without `_html` and `_text`. */
  abstract readonly view: string

  constructor(
    readonly to: string,
    readonly facts: { link?: string; token?: string } = {}
  ) {
    super()
  }

  prepare() {
    const shown = { ...this.facts, title: this.subject, appUrl }
    this.message
      .to(this.to)
      .header('Auto-Submitted', 'auto-generated')
      .htmlView(`emails/auth/${this.view}_html`, shown)
      .textView(`emails/auth/${this.view}_text`, shown)
  }
}

/** A page of this server's with the token behind `#`, where no log and no proxy reads it. */
export function linkTo(page: string, token: string) {
  return new URL(`${page}#token=${token}`, appUrl).href
}
