import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * reversal_error: why the reversal that was asked for last has not happened.
 * log_forgotten_at: since when a run can't be taken back any more.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      ALTER TABLE imports ADD COLUMN reversal_error jsonb;
      ALTER TABLE rule_runs ADD COLUMN log_forgotten_at timestamptz;
      CREATE INDEX rule_runs_log_age ON rule_runs (finished_at)
        WHERE log_forgotten_at IS NULL AND due_at IS NULL;
    `)
  }

  async down() {
    this.schema.raw(`
      ALTER TABLE rule_runs DROP COLUMN log_forgotten_at;
      ALTER TABLE imports DROP COLUMN reversal_error;
    `)
  }
}
