import { BaseSchema } from '@adonisjs/lucid/schema'
import { protectTable } from '#database/protection'

/**
 * alert_evaluations: that a user's alerts are to be looked at, and after which stretch of the
 * audit log; one for however much happens meanwhile. asked: how often, so that what is asked
 * during an evaluation isn't taken for done by it.
 *
 * alert_triggers.recovered_at: the balance has been above since, so that it may be told anew.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      CREATE TABLE alert_evaluations (
        user_id uuid PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
        first bigint,
        last bigint,
        asked integer NOT NULL DEFAULT 1,
        asked_at timestamptz NOT NULL DEFAULT now(),
        CHECK ((first IS NULL) = (last IS NULL))
      );
      ${protectTable('alert_evaluations')}

      ALTER TABLE alert_triggers ADD COLUMN recovered_at timestamptz;
    `)
  }

  async down() {
    this.schema.raw(`
      ALTER TABLE alert_triggers DROP COLUMN recovered_at;
      DROP TABLE alert_evaluations;
    `)
  }
}
