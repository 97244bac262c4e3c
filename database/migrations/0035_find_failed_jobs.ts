import { BaseSchema } from '@adonisjs/lucid/schema'

/** Jobs that failed for good are listed, and forgotten, by the time they failed at. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw('CREATE INDEX outbox_failed ON outbox (failed_at) WHERE failed_at IS NOT NULL')
  }

  async down() {
    this.schema.raw('DROP INDEX outbox_failed')
  }
}
