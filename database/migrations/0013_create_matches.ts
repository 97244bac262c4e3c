import { BaseSchema } from '@adonisjs/lucid/schema'
import { protectTable } from '#database/protection'

/**
 * What makes imports trustworthy: why a row is a duplicate and how it can be
 * booked after all, pairs of transactions that may belong together, and
 * reconciliations, which keep what a statement has proven from changing.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      ${this.#imports()}
      ${this.#reconciliations()}
      ${this.#proposals()}
      ${this.#burial()}
    `)
  }

  async down() {
    this.schema.raw(`
      DROP FUNCTION keep_reconciled() CASCADE;
      DROP FUNCTION close_proposals() CASCADE;
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
      DROP TABLE proposals, reconciliations;
      ALTER TABLE transactions DROP COLUMN reconciliation_id, DROP COLUMN reconciled;
      ALTER TABLE transaction_tombstones DROP COLUMN import_id, DROP COLUMN replaced_by;
      ALTER TABLE import_rows DROP COLUMN booking, DROP COLUMN candidates, DROP COLUMN match_id;
      ALTER TABLE imports DROP COLUMN restore_deleted, DROP COLUMN dry_run_id, DROP COLUMN reverted_at,
        DROP COLUMN reverted_by, DROP COLUMN created_accounts, DROP COLUMN created_categories;
    `)
  }

  /**
   * booking: what an override books, kept of duplicates. candidates: what a row
   * resembles, until the end of the file decides which of them it matches.
   */
  #imports() {
    return `
      ALTER TABLE imports
        ADD COLUMN restore_deleted boolean NOT NULL DEFAULT false,
        ADD COLUMN dry_run_id uuid,
        ADD COLUMN reverted_at timestamptz,
        ADD COLUMN reverted_by uuid,
        ADD COLUMN created_accounts uuid[] NOT NULL DEFAULT '{}',
        ADD COLUMN created_categories uuid[] NOT NULL DEFAULT '{}',
        ADD FOREIGN KEY (user_id, dry_run_id) REFERENCES imports (user_id, id);
      CREATE UNIQUE INDEX imports_confirmed ON imports (user_id, dry_run_id) WHERE dry_run_id IS NOT NULL;

      ALTER TABLE import_rows
        ADD COLUMN booking jsonb,
        ADD COLUMN candidates jsonb,
        ADD COLUMN match_id uuid;
      CREATE INDEX import_rows_candidates ON import_rows (user_id, import_id) WHERE candidates IS NOT NULL;
      CREATE INDEX import_rows_overridden ON import_rows (user_id, import_id) WHERE rule = 'override';`
  }

  /**
   * A row is cleared by a reconciliation and reconciled once that is completed. No
   * foreign key: it would be checked for every row of a file.
   */
  #reconciliations() {
    return `
      CREATE TABLE reconciliations (
        user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        id uuid NOT NULL,
        account_id uuid NOT NULL,
        status varchar(10) NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'completed')),
        statement_date date NOT NULL,
        statement_balance_minor bigint NOT NULL,
        adjustment_id uuid,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        completed_at timestamptz,
        PRIMARY KEY (user_id, id),
        FOREIGN KEY (user_id, account_id) REFERENCES accounts (user_id, id) ON DELETE CASCADE,
        CHECK ((status = 'completed') = (completed_at IS NOT NULL))
      );
      CREATE UNIQUE INDEX reconciliations_open ON reconciliations (user_id, account_id) WHERE status = 'open';
      CREATE INDEX reconciliations_account ON reconciliations (user_id, account_id, statement_date);
      ${protectTable('reconciliations')}

      ALTER TABLE transactions
        ADD COLUMN reconciliation_id uuid,
        ADD COLUMN reconciled boolean NOT NULL DEFAULT false;
      CREATE INDEX transactions_cleared ON transactions (user_id, account_id, reconciliation_id, booked_on)
        INCLUDE (amount_minor) WHERE reconciliation_id IS NOT NULL;

      /* What a statement has proven stays, whoever writes; only an erasure takes it. */
      CREATE OR REPLACE FUNCTION keep_reconciled() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'DELETE' AND (
          NOT EXISTS (SELECT 1 FROM users u WHERE u.id = OLD.user_id)
          OR EXISTS (SELECT 1 FROM erasures e WHERE e.user_id = OLD.user_id AND e.erased_at IS NULL)
        ) THEN
          RETURN OLD;
        END IF;
        RAISE EXCEPTION 'transaction % is reconciled', OLD.id USING ERRCODE = 'FN001';
      END $$;
      CREATE TRIGGER keep_reconciled BEFORE UPDATE ON transactions FOR EACH ROW
        WHEN (OLD.reconciled AND NEW.reconciled AND (OLD.account_id, OLD.amount_minor, OLD.booked_on)
          IS DISTINCT FROM (NEW.account_id, NEW.amount_minor, NEW.booked_on))
        EXECUTE FUNCTION keep_reconciled();
      CREATE TRIGGER keep_reconciled_rows BEFORE DELETE ON transactions FOR EACH ROW
        WHEN (OLD.reconciled) EXECUTE FUNCTION keep_reconciled();`
  }

  /**
   * Two transactions that may be one (duplicate: transaction_id was imported,
   * match_id entered by hand) or the legs of a transfer (transaction_id is what
   * left). No foreign keys to them: a refusal outlives both, by their identities.
   */
  #proposals() {
    return `
      CREATE TABLE proposals (
        user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        id uuid NOT NULL,
        kind varchar(10) NOT NULL CHECK (kind IN ('duplicate', 'transfer')),
        status varchar(10) NOT NULL DEFAULT 'open'
          CHECK (status IN ('open', 'accepted', 'refused', 'closed')),
        import_id uuid NOT NULL,
        row_number integer,
        transaction_id uuid NOT NULL,
        match_id uuid NOT NULL,
        transaction_identity uuid,
        match_identity uuid,
        days_apart smallint NOT NULL,
        similarity smallint NOT NULL,
        changes jsonb,
        removed jsonb,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        decided_at timestamptz,
        PRIMARY KEY (user_id, id),
        FOREIGN KEY (user_id, import_id) REFERENCES imports (user_id, id) ON DELETE CASCADE,
        CHECK ((kind = 'duplicate') = (row_number IS NOT NULL)),
        CHECK ((status = 'accepted') = (changes IS NOT NULL))
      );
      CREATE UNIQUE INDEX proposals_open ON proposals (user_id, transaction_id) WHERE status = 'open';
      CREATE UNIQUE INDEX proposals_open_match ON proposals (user_id, match_id) WHERE status = 'open';
      CREATE INDEX proposals_accepted ON proposals (user_id, id) WHERE status = 'accepted';
      CREATE INDEX proposals_refused ON proposals (user_id, match_id) WHERE status = 'refused';
      CREATE INDEX proposals_import ON proposals (user_id, import_id);
      ${protectTable('proposals')}

      CREATE INDEX transactions_by_hand ON transactions (user_id, booked_on)
        WHERE import_id IS NULL AND identity IS NULL AND NOT reconciled;

      /* A transaction that is no longer what it was is no longer what was proposed. */
      CREATE OR REPLACE FUNCTION close_proposals() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        UPDATE proposals p SET status = 'closed', decided_at = clock_timestamp(), updated_at = clock_timestamp()
        WHERE p.user_id = NEW.user_id AND p.status = 'open' AND NEW.id IN (p.transaction_id, p.match_id)
          AND ((OLD.account_id, OLD.amount_minor, OLD.reconciled)
              IS DISTINCT FROM (NEW.account_id, NEW.amount_minor, NEW.reconciled)
            OR p.kind = 'duplicate' AND OLD.identity IS DISTINCT FROM NEW.identity
            OR p.kind = 'transfer' AND OLD.transfer_id IS DISTINCT FROM NEW.transfer_id);
        RETURN NULL;
      END $$;
      CREATE TRIGGER close_proposals AFTER UPDATE ON transactions FOR EACH ROW
        WHEN ((OLD.account_id, OLD.amount_minor, OLD.transfer_id, OLD.identity, OLD.reconciled)
          IS DISTINCT FROM (NEW.account_id, NEW.amount_minor, NEW.transfer_id, NEW.identity, NEW.reconciled))
        EXECUTE FUNCTION close_proposals();`
  }

  /** A tombstone also says what it came with, and what stands for it now. */
  #burial() {
    return `
      ALTER TABLE transaction_tombstones
        ADD COLUMN import_id uuid,
        ADD COLUMN replaced_by uuid;
      CREATE INDEX transaction_tombstones_import ON transaction_tombstones (user_id, import_id)
        WHERE import_id IS NOT NULL AND (identity IS NOT NULL OR replaced_by IS NOT NULL);

      CREATE OR REPLACE FUNCTION bury_transactions() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO transaction_tombstones (user_id, id, identity, removed_in, import_id)
        SELECT o.user_id, o.id,
          CASE WHEN current_setting('finora.frees_identities', true) = 'on' THEN NULL ELSE o.identity END,
          nullif(current_setting('finora.ledger_version', true), '')::bigint, o.import_id
        FROM old_rows o
        WHERE EXISTS (SELECT 1 FROM users u WHERE u.id = o.user_id);

        IF EXISTS (SELECT 1 FROM proposals p WHERE p.status = 'open') THEN
          UPDATE proposals p SET status = 'closed', decided_at = clock_timestamp(), updated_at = clock_timestamp()
          WHERE p.status = 'open' AND (p.user_id, p.id) IN (
            SELECT one.user_id, one.id FROM proposals one JOIN old_rows o
              ON o.user_id = one.user_id AND o.id = one.transaction_id WHERE one.status = 'open'
            UNION ALL
            SELECT other.user_id, other.id FROM proposals other JOIN old_rows o
              ON o.user_id = other.user_id AND o.id = other.match_id WHERE other.status = 'open'
          );
        END IF;
        RETURN NULL;
      END $$;`
  }
}
