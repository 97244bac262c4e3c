import { BaseSchema } from '@adonisjs/lucid/schema'
import { shareTable } from '#database/protection'

/**
 * What became of the mail of each job of the outbox: no address, no content, and
 * gone with the job's row. The seed is there until the mail is sent: what a mail
 * says at random is the same each time it is tried.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      CREATE TABLE mails (
        job_id uuid NOT NULL REFERENCES outbox (id) ON DELETE CASCADE,
        kind varchar(100) NOT NULL,
        message_id varchar(255) NOT NULL,
        seed bytea,
        attempted_at timestamptz,
        sent_at timestamptz,
        PRIMARY KEY (job_id, kind),
        CHECK (sent_at IS NULL OR seed IS NULL)
      );
      ${shareTable('mails', ['SELECT', 'INSERT', 'UPDATE'])}
    `)
  }

  async down() {
    this.schema.raw('DROP TABLE mails')
  }
}
