import { BaseSchema } from '@adonisjs/lucid/schema'
import { protectTable } from '#database/protection'
import { roles } from '#config/database'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      CREATE TABLE users (
        id uuid PRIMARY KEY,
        email varchar(254) NOT NULL CHECK (email = lower(email)),
        password varchar(255) NOT NULL,
        name varchar(100) NOT NULL,
        role varchar(10) NOT NULL DEFAULT 'USER' CHECK (role IN ('USER', 'SUPPORT', 'ADMIN')),
        currency char(3) NOT NULL,
        timezone varchar(64) NOT NULL,
        locale varchar(35) NOT NULL,
        ledger_version bigint NOT NULL DEFAULT 0,
        email_verified_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT users_email_unique UNIQUE (email)
      );
      ${protectTable('users', ['SELECT', 'INSERT', 'UPDATE', 'DELETE'], 'id')}

      CREATE TABLE sessions (
        user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        id uuid NOT NULL,
        refresh_token_hash bytea NOT NULL,
        rotated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        expires_at timestamptz NOT NULL,
        revoked_at timestamptz,
        ip inet,
        user_agent varchar(512),
        last_used_at timestamptz NOT NULL DEFAULT now(),
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (user_id, id)
      );
      ${protectTable('sessions')}

      /* Signing in is the one question asked before there is a scope: whose e-mail is this? */
      CREATE POLICY sign_in ON users FOR SELECT TO "${roles.app.user}"
        USING (email = nullif(current_setting('finora.sign_in_email', true), ''));

      /* One statement checks a session and returns its user, in that user's scope. */
      CREATE OR REPLACE FUNCTION open_session(owner uuid, session uuid) RETURNS SETOF users LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM set_config('finora.user_id', owner::text, true);
        RETURN QUERY SELECT u.* FROM sessions s JOIN users u ON u.id = s.user_id
          WHERE s.user_id = owner AND s.id = session AND s.revoked_at IS NULL AND s.expires_at > now();
      END $$;
    `)
  }

  async down() {
    this.schema.raw(`
      DROP FUNCTION open_session(uuid, uuid);
      DROP TABLE sessions, users CASCADE;
    `)
  }
}
