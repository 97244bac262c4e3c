import { BaseSchema } from '@adonisjs/lucid/schema'
import { protectTable, shareTable } from '#database/protection'
import { roles } from '#config/database'

/** The outbox, idempotency keys and the audit log with its hash chains. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      CREATE TABLE outbox (
        id uuid PRIMARY KEY,
        job varchar(100) NOT NULL,
        queue varchar(50) NOT NULL,
        payload jsonb NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        available_at timestamptz NOT NULL DEFAULT now(),
        dispatched_at timestamptz,
        finished_at timestamptz,
        failed_at timestamptz,
        error text
      );
      CREATE INDEX outbox_open ON outbox (available_at) WHERE finished_at IS NULL AND failed_at IS NULL;
      CREATE INDEX outbox_finished ON outbox (finished_at) WHERE finished_at IS NOT NULL;
      ${shareTable('outbox', ['SELECT', 'INSERT', 'UPDATE'])}

      CREATE TABLE idempotency_keys (
        user_id uuid NOT NULL,
        key varchar(255) NOT NULL,
        method varchar(10) NOT NULL,
        path text NOT NULL,
        body_hash bytea NOT NULL,
        status smallint,
        headers jsonb,
        body text,
        created_at timestamptz NOT NULL DEFAULT now(),
        locked_until timestamptz NOT NULL,
        PRIMARY KEY (user_id, key)
      );
      CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at);
      ${protectTable('idempotency_keys')}

      CREATE TABLE audit_chains (
        user_id uuid PRIMARY KEY,
        length bigint NOT NULL,
        head bytea NOT NULL
      );
      ${protectTable('audit_chains', ['SELECT', 'INSERT', 'UPDATE'])}

      CREATE TABLE audit_logs (
        user_id uuid NOT NULL,
        position bigint NOT NULL,
        id uuid NOT NULL,
        actor_type varchar(20) NOT NULL,
        actor_id uuid,
        action varchar(100) NOT NULL,
        subject_type varchar(50),
        subject_id uuid,
        data jsonb NOT NULL,
        request_id varchar(128),
        recorded_at timestamptz NOT NULL,
        previous_hash bytea NOT NULL,
        hash bytea NOT NULL,
        PRIMARY KEY (user_id, position)
      );
      CREATE INDEX audit_logs_recent ON audit_logs (recorded_at DESC);
      ${protectTable('audit_logs', ['SELECT', 'INSERT'])}
      REVOKE UPDATE, DELETE ON audit_logs FROM "${roles.system.user}";
    `)

    this.schema.raw(`
      CREATE OR REPLACE FUNCTION audit_hash(entry audit_logs) RETURNS bytea
      LANGUAGE sql STABLE AS $$
        SELECT sha256(entry.previous_hash || convert_to(jsonb_build_array(
          entry.user_id, entry.position, entry.id, entry.actor_type, entry.actor_id, entry.action,
          entry.subject_type, entry.subject_id, entry.data, entry.request_id,
          extract(epoch FROM entry.recorded_at)
        )::text, 'UTF8'))
      $$;

      CREATE OR REPLACE FUNCTION chain_audit_log() RETURNS trigger
      LANGUAGE plpgsql AS $$
      DECLARE chain audit_chains;
      BEGIN
        INSERT INTO audit_chains (user_id, length, head) VALUES (NEW.user_id, 0, sha256(''::bytea))
          ON CONFLICT (user_id) DO NOTHING;
        SELECT * INTO chain FROM audit_chains WHERE user_id = NEW.user_id FOR UPDATE;
        NEW.position := chain.length + 1;
        NEW.previous_hash := chain.head;
        NEW.recorded_at := clock_timestamp();
        NEW.hash := audit_hash(NEW);
        UPDATE audit_chains SET length = NEW.position, head = NEW.hash WHERE user_id = NEW.user_id;
        RETURN NEW;
      END $$;

      CREATE TRIGGER chain BEFORE INSERT ON audit_logs
        FOR EACH ROW EXECUTE FUNCTION chain_audit_log();
    `)
  }

  async down() {
    this.schema.raw(`
      DROP TABLE audit_logs, audit_chains, idempotency_keys, outbox CASCADE;
      DROP FUNCTION chain_audit_log();
    `)
  }
}
