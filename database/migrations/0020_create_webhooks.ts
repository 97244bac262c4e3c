import { BaseSchema } from '@adonisjs/lucid/schema'
import { protectTable } from '#database/protection'

/** Addresses that are told what happened to a user's books, and each time they were told. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      /*
        previous_secret_sealed signs too until previous_secret_until. exhausted: deliveries in a
        row that failed for good. failing_since: the first failure since the last success.
        resting_until: after a time-out it is left alone for a moment.
      */
      CREATE TABLE webhooks (
        user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        id uuid NOT NULL,
        url varchar(2048) NOT NULL,
        events text[] NOT NULL CHECK (cardinality(events) > 0),
        description varchar(255),
        secret_sealed bytea NOT NULL,
        previous_secret_sealed bytea,
        previous_secret_until timestamptz,
        exhausted integer NOT NULL DEFAULT 0,
        failing_since timestamptz,
        resting_until timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        disabled_at timestamptz,
        disabled_reason varchar(10) CHECK (disabled_reason IN ('owner', 'gone', 'failing')),
        PRIMARY KEY (user_id, id),
        CHECK ((disabled_at IS NULL) = (disabled_reason IS NULL)),
        CHECK ((previous_secret_sealed IS NULL) = (previous_secret_until IS NULL))
      );
      ${protectTable('webhooks')}

      /*
        body: as it is sent and signed, the same bytes each time. next_attempt_at: of a pending
        one. attempts_log: the newest twenty.
      */
      CREATE TABLE webhook_deliveries (
        user_id uuid NOT NULL,
        id uuid NOT NULL,
        webhook_id uuid NOT NULL,
        event_id uuid NOT NULL,
        type varchar(64) NOT NULL,
        body text NOT NULL,
        status varchar(10) NOT NULL DEFAULT 'pending'
          CHECK (status IN ('pending', 'delivered', 'failed')),
        attempts integer NOT NULL DEFAULT 0,
        attempts_log jsonb NOT NULL DEFAULT '[]',
        response_status smallint,
        duration_ms integer,
        error varchar(12),
        created_at timestamptz NOT NULL DEFAULT now(),
        next_attempt_at timestamptz DEFAULT now(),
        delivered_at timestamptz,
        PRIMARY KEY (user_id, id),
        UNIQUE (user_id, webhook_id, event_id),
        FOREIGN KEY (user_id, webhook_id) REFERENCES webhooks (user_id, id) ON DELETE CASCADE,
        CHECK ((status = 'pending') = (next_attempt_at IS NOT NULL)),
        CHECK ((status = 'delivered') = (delivered_at IS NOT NULL))
      );
      CREATE INDEX webhook_deliveries_list ON webhook_deliveries (user_id, webhook_id, id);
      CREATE INDEX webhook_deliveries_pending ON webhook_deliveries (user_id, webhook_id)
        WHERE status = 'pending';
      CREATE INDEX webhook_deliveries_old ON webhook_deliveries (created_at);
      ${protectTable('webhook_deliveries')}
    `)
  }

  async down() {
    this.schema.raw('DROP TABLE webhook_deliveries, webhooks')
  }
}
