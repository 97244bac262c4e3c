import { BaseSchema } from '@adonisjs/lucid/schema'
import { protectTable, shareTable } from '#database/protection'

/** Ages of secrets, one-time passwords and personal access tokens. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      /* Digests of secrets, never secrets: since when each is in use, and which process holds which. */
      CREATE TABLE secret_keys (
        setting varchar(64) NOT NULL,
        key_id varchar(16) NOT NULL,
        first_seen_at timestamptz NOT NULL DEFAULT now(),
        settled_at timestamptz,
        PRIMARY KEY (setting, key_id)
      );
      ${shareTable('secret_keys', ['SELECT', 'INSERT', 'UPDATE'])}

      CREATE TABLE secret_holders (
        process_id uuid PRIMARY KEY,
        key_ids text[] NOT NULL,
        seen_at timestamptz NOT NULL DEFAULT now()
      );
      ${shareTable('secret_holders', ['SELECT', 'INSERT', 'UPDATE', 'DELETE'])}

      CREATE TABLE otp_enrolments (
        user_id uuid PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
        secret_sealed bytea NOT NULL,
        last_step bigint NOT NULL DEFAULT 0,
        confirmed_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      ${protectTable('otp_enrolments')}

      CREATE TABLE recovery_codes (
        user_id uuid NOT NULL REFERENCES otp_enrolments (user_id) ON DELETE CASCADE,
        code_hash bytea NOT NULL,
        used_at timestamptz,
        PRIMARY KEY (user_id, code_hash)
      );
      ${protectTable('recovery_codes')}

      CREATE TABLE personal_access_tokens (
        user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        id uuid NOT NULL,
        name varchar(100) NOT NULL,
        prefix varchar(20) NOT NULL,
        token_hash bytea NOT NULL,
        scopes varchar(10)[] NOT NULL CHECK (scopes IN ('{read}', '{read,write}')),
        expires_at timestamptz,
        last_used_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (user_id, id)
      );
      ${protectTable('personal_access_tokens')}
    `)
  }

  async down() {
    this.schema.raw(
      'DROP TABLE personal_access_tokens, recovery_codes, otp_enrolments, secret_holders, secret_keys'
    )
  }
}
