import { BaseSchema } from '@adonisjs/lucid/schema'
import { protectTable, shareTable } from '#database/protection'

/** What proves who somebody is, beside the password: mailed tokens, and how often a guess failed. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      ALTER TABLE users ADD COLUMN disabled_at timestamptz;

      /* One open verification an address; it has a token once its mail is on the way. */
      CREATE TABLE email_verifications (
        user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        id uuid NOT NULL,
        email varchar(254) NOT NULL CHECK (email = lower(email)),
        token_hash bytea,
        expires_at timestamptz NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (user_id, id),
        CONSTRAINT email_verifications_address_unique UNIQUE (user_id, email)
      );
      ${protectTable('email_verifications')}

      /* One open reset a user: the next one takes its place. */
      CREATE TABLE password_resets (
        user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        token_hash bytea NOT NULL,
        expires_at timestamptz NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (user_id)
      );
      ${protectTable('password_resets')}

      /* Keyed digests of whatever was typed as an address: no row says whether it is a user's. */
      CREATE TABLE password_guesses (
        address bytea PRIMARY KEY,
        taken smallint NOT NULL,
        expires_at timestamptz NOT NULL
      );
      ${shareTable('password_guesses', ['SELECT', 'INSERT', 'UPDATE', 'DELETE'])}
    `)
  }

  async down() {
    this.schema.raw(`
      DROP TABLE password_guesses, password_resets, email_verifications;
      ALTER TABLE users DROP COLUMN disabled_at;
    `)
  }
}
