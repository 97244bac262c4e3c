import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Which category an override would book a row under, found without reading every
 * row: under row-level security an index on the JSON itself isn't used.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      ALTER TABLE import_rows ADD COLUMN booking_category_id uuid
        GENERATED ALWAYS AS ((booking ->> 'category_id')::uuid) STORED;
      CREATE INDEX import_rows_booking_category ON import_rows (user_id, booking_category_id)
        WHERE booking_category_id IS NOT NULL;
    `)
  }

  async down() {
    this.schema.raw('ALTER TABLE import_rows DROP COLUMN booking_category_id')
  }
}
