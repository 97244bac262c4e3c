import { BaseSchema } from '@adonisjs/lucid/schema'

/** reversal_error: why the reversal that was asked for last has not happened. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw('ALTER TABLE imports ADD COLUMN reversal_error jsonb')
  }

  async down() {
    this.schema.raw('ALTER TABLE imports DROP COLUMN reversal_error')
  }
}
