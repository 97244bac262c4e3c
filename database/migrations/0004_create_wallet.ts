import { BaseSchema } from '@adonisjs/lucid/schema'
import { protectTable } from '#database/protection'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      CREATE TABLE accounts (
        user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        id uuid NOT NULL,
        name varchar(100) NOT NULL,
        type varchar(20) NOT NULL
          CHECK (type IN ('checking', 'savings', 'cash', 'credit', 'loan', 'investment', 'other')),
        currency char(3) NOT NULL,
        opening_balance_minor bigint NOT NULL DEFAULT 0,
        archived_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (user_id, id),
        CONSTRAINT accounts_currency_key UNIQUE (user_id, id, currency)
      );
      ${protectTable('accounts')}
    `)
  }

  async down() {
    this.schema.raw('DROP TABLE accounts')
  }
}
