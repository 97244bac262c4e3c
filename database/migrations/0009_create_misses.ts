import { BaseSchema } from '@adonisjs/lucid/schema'
import { protectTable } from '#database/protection'

/** Ids that somebody asked for and didn't find, until it is known whose they are. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      CREATE TABLE misses (
        user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        id uuid NOT NULL,
        method varchar(10) NOT NULL,
        route varchar(200) NOT NULL,
        times integer NOT NULL DEFAULT 1,
        request_id varchar(128) NOT NULL,
        missed_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (user_id, id, method, route)
      );
      ${protectTable('misses', ['SELECT', 'INSERT', 'UPDATE'])}
    `)
  }

  async down() {
    this.schema.raw('DROP TABLE misses')
  }
}
