import { system } from '#core/database/system'

/** Removes what is over and proves nothing any more: guesses, mailed tokens, sessions of a month ago. */
export default class ForgetExpired {
  async handle() {
    await system.transaction(async (trx) => {
      await trx.rawQuery('DELETE FROM password_guesses WHERE expires_at < now()')
      await trx.rawQuery('DELETE FROM email_verifications WHERE expires_at < now()')
      await trx.rawQuery('DELETE FROM password_resets WHERE expires_at < now()')
      await trx.rawQuery(
        `DELETE FROM sessions WHERE least(expires_at, revoked_at) < now() - interval '30 days'`
      )
    })
  }
}
