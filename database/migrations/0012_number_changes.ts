import { BaseSchema } from '@adonisjs/lucid/schema'
import { protectTable } from '#database/protection'

/**
 * Numbers every change of a transaction by the version of the ledger it came
 * with, and remembers those that are gone. Versions of one user's ledger commit
 * in their order (`tenant.ledger`), so whoever has seen one has seen all before.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      ALTER TABLE transactions
        ADD COLUMN added_in bigint NOT NULL DEFAULT 0,
        ADD COLUMN changed_in bigint NOT NULL DEFAULT 0,
        ADD COLUMN locked_fields text[] NOT NULL DEFAULT '{}';

      /* Without a ledger's transaction there is no number, and no row. */
      ALTER TABLE transactions
        ALTER COLUMN added_in SET DEFAULT nullif(current_setting('finora.ledger_version', true), '')::bigint,
        ALTER COLUMN changed_in SET DEFAULT nullif(current_setting('finora.ledger_version', true), '')::bigint;
      CREATE INDEX transactions_changes ON transactions (user_id, changed_in, id);

      CREATE OR REPLACE FUNCTION number_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        NEW.changed_in := nullif(current_setting('finora.ledger_version', true), '')::bigint;
        RETURN NEW;
      END $$;
      CREATE TRIGGER number_change BEFORE UPDATE ON transactions
        FOR EACH ROW EXECUTE FUNCTION number_change();

      /*
        identity: what an import would recognise the row by. It stays for what a person
        deleted, and is free again for what an import took back.
      */
      CREATE TABLE transaction_tombstones (
        user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        id uuid NOT NULL,
        identity uuid,
        removed_in bigint NOT NULL,
        removed_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (user_id, id)
      );
      CREATE INDEX transaction_tombstones_changes ON transaction_tombstones (user_id, removed_in, id);
      CREATE INDEX transaction_tombstones_identity ON transaction_tombstones (user_id, identity)
        WHERE identity IS NOT NULL;
      ${protectTable('transaction_tombstones')}

      /* Where the whole ledger goes, with its user, nothing is left to remember. */
      CREATE OR REPLACE FUNCTION bury_transactions() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO transaction_tombstones (user_id, id, identity, removed_in)
        SELECT o.user_id, o.id,
          CASE WHEN current_setting('finora.frees_identities', true) = 'on' THEN NULL ELSE o.identity END,
          nullif(current_setting('finora.ledger_version', true), '')::bigint
        FROM old_rows o
        WHERE EXISTS (SELECT 1 FROM users u WHERE u.id = o.user_id);
        RETURN NULL;
      END $$;
      CREATE TRIGGER bury AFTER DELETE ON transactions REFERENCING OLD TABLE AS old_rows
        FOR EACH STATEMENT EXECUTE FUNCTION bury_transactions();
    `)
  }

  async down() {
    this.schema.raw(`
      DROP TABLE transaction_tombstones;
      DROP FUNCTION bury_transactions() CASCADE;
      DROP FUNCTION number_change() CASCADE;
      ALTER TABLE transactions DROP COLUMN added_in, DROP COLUMN changed_in, DROP COLUMN locked_fields;
    `)
  }
}
