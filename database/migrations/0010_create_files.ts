import { BaseSchema } from '@adonisjs/lucid/schema'
import { protectTable } from '#database/protection'

/** Files, the exports that arrive among them, and what is left of an erased user. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      CREATE TABLE files (
        user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        id uuid NOT NULL,
        name varchar(255) NOT NULL,
        mime_type varchar(100) NOT NULL,
        size bigint NOT NULL,
        digest bytea NOT NULL,
        key varchar(255) NOT NULL,
        purpose varchar(10) NOT NULL DEFAULT 'upload' CHECK (purpose IN ('upload', 'export')),
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz,
        PRIMARY KEY (user_id, id)
      );
      CREATE INDEX files_key ON files (key);
      CREATE INDEX files_expiring ON files (expires_at) WHERE expires_at IS NOT NULL;
      ${protectTable('files')}
      CREATE INDEX imports_file_key ON imports (file_key);

      CREATE TABLE exports (
        user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        id uuid NOT NULL,
        status varchar(10) NOT NULL DEFAULT 'pending'
          CHECK (status IN ('pending', 'active', 'completed', 'failed')),
        file_id uuid,
        created_at timestamptz NOT NULL DEFAULT now(),
        started_at timestamptz,
        finished_at timestamptz,
        expires_at timestamptz,
        PRIMARY KEY (user_id, id),
        FOREIGN KEY (user_id, file_id) REFERENCES files (user_id, id) ON DELETE SET NULL (file_id)
      );
      CREATE UNIQUE INDEX exports_running ON exports (user_id) WHERE status IN ('pending', 'active');
      CREATE INDEX exports_file ON exports (user_id, file_id) WHERE file_id IS NOT NULL;
      ${protectTable('exports')}

      /* Refers to nobody: it stays when the user has gone, and says that they have. */
      CREATE TABLE erasures (
        user_id uuid PRIMARY KEY,
        requested_at timestamptz NOT NULL DEFAULT now(),
        erased_at timestamptz
      );
      CREATE INDEX erasures_open ON erasures (requested_at) WHERE erased_at IS NULL;
      ${protectTable('erasures', ['SELECT', 'INSERT', 'UPDATE'])}
    `)
  }

  async down() {
    this.schema.raw('DROP INDEX imports_file_key; DROP TABLE erasures, exports, files CASCADE')
  }
}
