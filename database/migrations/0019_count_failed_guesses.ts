import { BaseSchema } from '@adonisjs/lucid/schema'

/** failed: how many of the guesses taken are known to be wrong; the others may still be looked at. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw('ALTER TABLE password_guesses ADD COLUMN failed smallint NOT NULL DEFAULT 0')
    this.schema.raw('UPDATE password_guesses SET failed = taken')
  }

  async down() {
    this.schema.raw('ALTER TABLE password_guesses DROP COLUMN failed')
  }
}
