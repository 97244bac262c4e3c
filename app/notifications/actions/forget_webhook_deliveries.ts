import { webhooks } from '#config/webhooks'
import { system } from '#core/database/system'

/** Rows that go in one transaction. */
const BATCH = 5_000

const OLD = `
  DELETE FROM webhook_deliveries WHERE ctid = ANY(ARRAY(
    SELECT ctid FROM webhook_deliveries WHERE created_at < now() - ? * interval '1 day' LIMIT ${BATCH}
  ))`

const EXPIRED = `
  UPDATE webhooks SET previous_secret_sealed = NULL, previous_secret_until = NULL
  WHERE previous_secret_until <= now()`

/** Forgets deliveries that are old enough, and secrets that sign no more. */
export default class ForgetWebhookDeliveries {
  async handle() {
    await system.transaction((trx) => trx.rawQuery(EXPIRED))
    while ((await this.#forget()) === BATCH);
  }

  async #forget(): Promise<number> {
    const { rowCount } = await system.transaction((trx) => trx.rawQuery(OLD, [webhooks.keepDays]))
    return rowCount
  }
}
