import { BaseSchema } from '@adonisjs/lucid/schema'
import { protectTable } from '#database/protection'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      CREATE TABLE categories (
        user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        id uuid NOT NULL,
        parent_id uuid,
        name varchar(100) NOT NULL,
        kind varchar(10) NOT NULL CHECK (kind IN ('income', 'expense')),
        color varchar(7),
        icon varchar(50),
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (user_id, id),
        FOREIGN KEY (user_id, parent_id) REFERENCES categories (user_id, id)
      );
      CREATE INDEX categories_parent ON categories (user_id, parent_id) WHERE parent_id IS NOT NULL;
      ${protectTable('categories')}

      CREATE TABLE rules (
        user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        id uuid NOT NULL,
        name varchar(100) NOT NULL,
        position integer NOT NULL,
        enabled boolean NOT NULL DEFAULT true,
        match varchar(3) NOT NULL DEFAULT 'all' CHECK (match IN ('all', 'any')),
        conditions jsonb NOT NULL,
        actions jsonb NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (user_id, id)
      );
      ${protectTable('rules')}

      CREATE TABLE imports (
        user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        id uuid NOT NULL,
        account_id uuid,
        status varchar(10) NOT NULL DEFAULT 'pending'
          CHECK (status IN ('pending', 'active', 'completed', 'failed', 'reverted')),
        format varchar(10) NOT NULL,
        file_name varchar(255) NOT NULL,
        file_key varchar(255) NOT NULL,
        file_size bigint NOT NULL,
        file_digest bytea NOT NULL,
        mapping jsonb,
        dry_run boolean NOT NULL DEFAULT false,
        total_rows integer,
        processed_rows integer NOT NULL DEFAULT 0,
        processed_bytes bigint NOT NULL DEFAULT 0,
        imported_rows integer NOT NULL DEFAULT 0,
        duplicate_rows integer NOT NULL DEFAULT 0,
        rejected_rows integer NOT NULL DEFAULT 0,
        error jsonb,
        created_at timestamptz NOT NULL DEFAULT now(),
        started_at timestamptz,
        finished_at timestamptz,
        PRIMARY KEY (user_id, id),
        FOREIGN KEY (user_id, account_id) REFERENCES accounts (user_id, id) ON DELETE SET NULL (account_id)
      );
      CREATE INDEX imports_recent ON imports (user_id, created_at DESC, id DESC);
      CREATE INDEX imports_account ON imports (user_id, account_id);
      ${protectTable('imports')}

      CREATE TABLE transactions (
        user_id uuid NOT NULL,
        id uuid NOT NULL,
        account_id uuid NOT NULL,
        category_id uuid,
        import_id uuid,
        transfer_id uuid,
        kind varchar(10) NOT NULL CHECK (kind IN ('income', 'expense', 'transfer')),
        amount_minor bigint NOT NULL CHECK (amount_minor <> 0),
        currency char(3) NOT NULL,
        booked_on date NOT NULL,
        is_split boolean NOT NULL DEFAULT false,
        identity uuid,
        external_id varchar(255),
        payee varchar(255) NOT NULL,
        description varchar(1000),
        notes text,
        tags text[] NOT NULL DEFAULT '{}',
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (user_id, id),
        FOREIGN KEY (user_id, account_id, currency) REFERENCES accounts (user_id, id, currency) ON DELETE CASCADE,
        FOREIGN KEY (user_id, category_id) REFERENCES categories (user_id, id),
        FOREIGN KEY (user_id, import_id) REFERENCES imports (user_id, id),
        CHECK ((kind = 'transfer') = (transfer_id IS NOT NULL)),
        CHECK (kind = 'transfer' OR (kind = 'income') = (amount_minor > 0)),
        CHECK (NOT is_split OR category_id IS NULL)
      );
      CREATE INDEX transactions_newest ON transactions (user_id, booked_on DESC, id DESC);
      CREATE INDEX transactions_account ON transactions (user_id, account_id, booked_on DESC, id DESC);
      CREATE INDEX transactions_category ON transactions (user_id, category_id) WHERE category_id IS NOT NULL;
      CREATE INDEX transactions_import ON transactions (user_id, import_id) WHERE import_id IS NOT NULL;
      CREATE INDEX transactions_transfer ON transactions (user_id, transfer_id) WHERE transfer_id IS NOT NULL;
      CREATE UNIQUE INDEX transactions_identity ON transactions (user_id, identity) WHERE identity IS NOT NULL;
      ALTER TABLE transactions SET (autovacuum_analyze_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05);
      ${protectTable('transactions')}

      CREATE TABLE transaction_splits (
        user_id uuid NOT NULL,
        transaction_id uuid NOT NULL,
        position smallint NOT NULL,
        category_id uuid,
        amount_minor bigint NOT NULL CHECK (amount_minor <> 0),
        note varchar(255),
        account_id uuid NOT NULL,
        currency char(3) NOT NULL,
        booked_on date NOT NULL,
        kind varchar(10) NOT NULL,
        PRIMARY KEY (user_id, transaction_id, position),
        FOREIGN KEY (user_id, transaction_id) REFERENCES transactions (user_id, id) ON DELETE CASCADE,
        FOREIGN KEY (user_id, category_id) REFERENCES categories (user_id, id)
      );
      CREATE INDEX transaction_splits_category ON transaction_splits (user_id, category_id);
      ${protectTable('transaction_splits')}

      CREATE TABLE import_rows (
        user_id uuid NOT NULL,
        import_id uuid NOT NULL,
        number integer NOT NULL,
        verdict varchar(10) NOT NULL CHECK (verdict IN ('imported', 'duplicate', 'rejected')),
        transaction_id uuid,
        rule varchar(20),
        field varchar(30),
        reason text,
        raw text,
        PRIMARY KEY (user_id, import_id, number)
      );
      ${protectTable('import_rows')}

      /*
        No foreign key: it would be checked for every row of a file. Rows are written with the progress
        of their import, which proves that it is there, and go with it.
      */
      CREATE OR REPLACE FUNCTION forget_import_rows() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        DELETE FROM import_rows r USING old_rows i WHERE r.user_id = i.user_id AND r.import_id = i.id;
        RETURN NULL;
      END $$;
      CREATE TRIGGER forget_import_rows AFTER DELETE ON imports REFERENCING OLD TABLE AS old_rows
        FOR EACH STATEMENT EXECUTE FUNCTION forget_import_rows();
    `)
  }

  async down() {
    this.schema.raw(
      'DROP TABLE import_rows, transaction_splits, transactions, imports, rules, categories CASCADE'
    )
  }
}
