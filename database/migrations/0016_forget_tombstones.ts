import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Tombstones that no import needs are forgotten after a while. The horizon is the
 * ledger's version up to which that has happened: whoever stands before it may
 * have missed one.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      ALTER TABLE users ADD COLUMN sync_horizon bigint NOT NULL DEFAULT 0;
      CREATE INDEX transaction_tombstones_age ON transaction_tombstones (removed_at)
        WHERE identity IS NULL;
    `)
  }

  async down() {
    this.schema.raw(`
      DROP INDEX transaction_tombstones_age;
      ALTER TABLE users DROP COLUMN sync_horizon;
    `)
  }
}
