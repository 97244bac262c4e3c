import { BaseSchema } from '@adonisjs/lucid/schema'
import { protectTable } from '#database/protection'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      /* day: the user's, on which it was due. One a day, however many workers see that it is due. */
      CREATE TABLE digests (
        user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        day date NOT NULL,
        cadence varchar(6) NOT NULL CHECK (cadence IN ('daily', 'weekly')),
        from_at timestamptz NOT NULL,
        until_at timestamptz NOT NULL,
        mailed_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (user_id, day)
      );
      ${protectTable('digests')}
    `)
  }

  async down() {
    this.schema.raw('DROP TABLE digests')
  }
}
