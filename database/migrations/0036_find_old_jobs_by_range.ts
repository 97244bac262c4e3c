import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Finished jobs are only ever sought by age, to be forgotten, and stand in the table about
 * as they ended: ranges of pages are enough, and cost the end of a job nothing.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      DROP INDEX outbox_finished;
      CREATE INDEX outbox_finished ON outbox USING brin (finished_at) WITH (autosummarize = on);
    `)
  }

  async down() {
    this.schema.raw(`
      DROP INDEX outbox_finished;
      CREATE INDEX outbox_finished ON outbox (finished_at) WHERE finished_at IS NOT NULL;
    `)
  }
}
