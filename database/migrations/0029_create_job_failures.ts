import { BaseSchema } from '@adonisjs/lucid/schema'
import { shareTable } from '#database/protection'

/**
 * Jobs that failed for good, for the operator to be told of, in reports of one
 * mail per name of a job; and how far the nightly verifications have come.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      CREATE TABLE job_failures (
        queue varchar(50) NOT NULL,
        job_id varchar(200) NOT NULL,
        failed_at timestamptz NOT NULL,
        job varchar(100) NOT NULL,
        attempts integer NOT NULL,
        error varchar(100) NOT NULL,
        reason varchar(300) NOT NULL,
        ids jsonb NOT NULL,
        report_id uuid,
        PRIMARY KEY (queue, job_id, failed_at)
      );
      CREATE INDEX job_failures_unreported ON job_failures (job) WHERE report_id IS NULL;
      CREATE INDEX job_failures_report ON job_failures (report_id);
      ${shareTable('job_failures', ['SELECT', 'INSERT', 'UPDATE', 'DELETE'])}

      CREATE TABLE failure_reports (
        job varchar(100) PRIMARY KEY,
        report_id uuid NOT NULL,
        due_at timestamptz NOT NULL,
        sent_at timestamptz
      );
      ${shareTable('failure_reports', ['SELECT', 'INSERT', 'UPDATE'])}

      CREATE TABLE verifications (
        kind varchar(20) PRIMARY KEY,
        after uuid,
        completed_at timestamptz
      );
      ${shareTable('verifications', ['SELECT', 'INSERT', 'UPDATE'])}
    `)
  }

  async down() {
    this.schema.raw('DROP TABLE verifications, failure_reports, job_failures')
  }
}
