import { BaseSchema } from '@adonisjs/lucid/schema'
import { protectTable } from '#database/protection'

/** Mappings that are kept for an account, and what imports tell of their files. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      /* header_key: 16 bytes of what files of this kind are recognised by (header_key.ts). */
      CREATE TABLE import_profiles (
        user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        id uuid NOT NULL,
        account_id uuid NOT NULL,
        name varchar(100) NOT NULL,
        format varchar(10) NOT NULL,
        headers text[],
        header_key uuid NOT NULL,
        mapping jsonb NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (user_id, id),
        UNIQUE (user_id, account_id, header_key),
        FOREIGN KEY (user_id, account_id) REFERENCES accounts (user_id, id) ON DELETE CASCADE
      );
      ${protectTable('import_profiles')}

      ALTER TABLE imports
        ADD COLUMN detection jsonb,
        ADD COLUMN statements jsonb NOT NULL DEFAULT '[]',
        ADD COLUMN profile_id uuid,
        ADD COLUMN save_profile boolean NOT NULL DEFAULT false,
        ADD FOREIGN KEY (user_id, profile_id) REFERENCES import_profiles (user_id, id)
          ON DELETE SET NULL (profile_id);
      CREATE INDEX imports_profile ON imports (user_id, profile_id) WHERE profile_id IS NOT NULL;
    `)
  }

  async down() {
    this.schema.raw(`
      ALTER TABLE imports DROP COLUMN detection, DROP COLUMN statements, DROP COLUMN profile_id,
        DROP COLUMN save_profile;
      DROP TABLE import_profiles;
    `)
  }
}
