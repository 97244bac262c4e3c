import { BaseSchema } from '@adonisjs/lucid/schema'
import { protectTable } from '#database/protection'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      /*
        What the bank calls the payee of an imported row, where another is shown: it stays
        for the rules and for learning, whoever renames the row.
      */
      ALTER TABLE transactions ADD COLUMN bank_payee varchar(255);

      CREATE OR REPLACE FUNCTION keep_bank_payee() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        NEW.bank_payee := nullif(coalesce(OLD.bank_payee, OLD.payee), NEW.payee);
        RETURN NEW;
      END $$;
      CREATE TRIGGER keep_bank_payee BEFORE UPDATE ON transactions FOR EACH ROW
        WHEN (OLD.import_id IS NOT NULL AND OLD.payee <> NEW.payee) EXECUTE FUNCTION keep_bank_payee();

      CREATE TABLE payee_aliases (
        user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        id uuid NOT NULL,
        alias varchar(255) NOT NULL,
        payee varchar(255) NOT NULL,
        origin varchar(10) NOT NULL CHECK (origin IN ('learned', 'entered')),
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (user_id, id),
        UNIQUE (user_id, alias)
      );
      ${protectTable('payee_aliases')}

      /*
        rule: as it was when the run was asked for. as_of: the ledger's version then; what is
        booked later is the business of imports. due_at: since when there is something to do,
        the run or its reversal. reached: the last transaction that is done.
      */
      CREATE TABLE rule_runs (
        user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        id uuid NOT NULL,
        rule_id uuid,
        rule jsonb NOT NULL,
        account_id uuid,
        first_day date,
        last_day date,
        status varchar(10) NOT NULL DEFAULT 'pending'
          CHECK (status IN ('pending', 'active', 'completed', 'failed', 'reverted')),
        as_of bigint NOT NULL,
        due_at timestamptz DEFAULT clock_timestamp(),
        reached uuid,
        total_rows integer NOT NULL,
        processed_rows integer NOT NULL DEFAULT 0,
        matched_rows integer NOT NULL DEFAULT 0,
        changed_rows integer NOT NULL DEFAULT 0,
        undone_rows integer NOT NULL DEFAULT 0,
        kept_rows integer NOT NULL DEFAULT 0,
        error jsonb,
        created_at timestamptz NOT NULL DEFAULT now(),
        started_at timestamptz,
        finished_at timestamptz,
        reversal_requested_at timestamptz,
        reverted_at timestamptz,
        PRIMARY KEY (user_id, id),
        FOREIGN KEY (user_id, rule_id) REFERENCES rules (user_id, id) ON DELETE SET NULL (rule_id),
        FOREIGN KEY (user_id, account_id) REFERENCES accounts (user_id, id) ON DELETE CASCADE
      );
      CREATE INDEX rule_runs_rule ON rule_runs (user_id, rule_id);
      CREATE INDEX rule_runs_account ON rule_runs (user_id, account_id) WHERE account_id IS NOT NULL;
      CREATE INDEX rule_runs_due ON rule_runs (user_id, due_at) WHERE due_at IS NOT NULL;
      ${protectTable('rule_runs')}

      /* kept_fields: what a reversal has left, because somebody had set it since. */
      CREATE TABLE rule_run_changes (
        user_id uuid NOT NULL,
        run_id uuid NOT NULL,
        transaction_id uuid NOT NULL,
        category_before uuid,
        category_after uuid,
        payee_before varchar(255) NOT NULL,
        payee_after varchar(255) NOT NULL,
        tags_before text[] NOT NULL,
        tags_after text[] NOT NULL,
        kept_fields text[] NOT NULL DEFAULT '{}',
        PRIMARY KEY (user_id, run_id, transaction_id)
      );
      ${protectTable('rule_run_changes')}

      /* No foreign keys, as in import_rows: changes are written with the progress of their run. */
      CREATE OR REPLACE FUNCTION forget_rule_run_changes() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        DELETE FROM rule_run_changes c USING old_rows r WHERE c.user_id = r.user_id AND c.run_id = r.id;
        RETURN NULL;
      END $$;
      CREATE TRIGGER forget_rule_run_changes AFTER DELETE ON rule_runs REFERENCING OLD TABLE AS old_rows
        FOR EACH STATEMENT EXECUTE FUNCTION forget_rule_run_changes();
    `)
  }

  async down() {
    this.schema.raw(`
      DROP TABLE rule_run_changes, rule_runs, payee_aliases CASCADE;
      DROP FUNCTION forget_rule_run_changes() CASCADE;
      DROP FUNCTION keep_bank_payee() CASCADE;
      ALTER TABLE transactions DROP COLUMN bank_payee;
    `)
  }
}
