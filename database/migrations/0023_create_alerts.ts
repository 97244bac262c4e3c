import { BaseSchema } from '@adonisjs/lucid/schema'
import { protectTable } from '#database/protection'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      CREATE TABLE alerts (
        user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        id uuid NOT NULL,
        kind varchar(20) NOT NULL CHECK (kind IN ('lowBalance', 'largeTransaction')),
        account_id uuid,
        threshold_minor bigint NOT NULL,
        currency char(3) NOT NULL,
        enabled boolean NOT NULL DEFAULT true,
        last_triggered_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (user_id, id),
        FOREIGN KEY (user_id, account_id, currency) REFERENCES accounts (user_id, id, currency) ON DELETE CASCADE,
        CHECK (kind <> 'largeTransaction' OR threshold_minor > 0)
      );
      CREATE INDEX alerts_account ON alerts (user_id, account_id) WHERE account_id IS NOT NULL;
      ${protectTable('alerts')}

      /*
        What an alert has told already. subject_id: the account of a low balance, the large
        transaction. period: the month of a low balance, empty for a transaction. amount_minor:
        the balance or the amount at that moment.
      */
      CREATE TABLE alert_triggers (
        user_id uuid NOT NULL,
        alert_id uuid NOT NULL,
        subject_id uuid NOT NULL,
        period varchar(7) NOT NULL DEFAULT '',
        account_id uuid NOT NULL,
        amount_minor bigint NOT NULL,
        triggered_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (user_id, alert_id, subject_id, period),
        FOREIGN KEY (user_id, alert_id) REFERENCES alerts (user_id, id) ON DELETE CASCADE,
        FOREIGN KEY (user_id, account_id) REFERENCES accounts (user_id, id) ON DELETE CASCADE
      );
      CREATE INDEX alert_triggers_account ON alert_triggers (user_id, account_id);
      ${protectTable('alert_triggers')}
    `)
  }

  async down() {
    this.schema.raw('DROP TABLE alert_triggers, alerts')
  }
}
