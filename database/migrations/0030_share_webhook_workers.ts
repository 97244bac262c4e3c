import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * under_way_until: an attempt is being made, and until when that is believed. What kept
 * a delivery from a name is no longer told apart from what kept it from an address.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      ALTER TABLE webhooks DROP CONSTRAINT webhooks_disabled_reason_check,
        ADD CONSTRAINT webhooks_disabled_reason_check
          CHECK (disabled_reason IN ('owner', 'gone', 'failing', 'security'));

      ALTER TABLE webhook_deliveries ADD COLUMN under_way_until timestamptz;
      CREATE INDEX webhook_deliveries_under_way ON webhook_deliveries (user_id)
        WHERE under_way_until IS NOT NULL;

      ALTER TABLE webhook_deliveries NO FORCE ROW LEVEL SECURITY;
      UPDATE webhook_deliveries SET
        error = CASE WHEN error IN ('dns', 'address') THEN 'address' ELSE error END,
        duration_ms = CASE WHEN error IN ('dns', 'address') THEN NULL ELSE duration_ms END,
        attempts_log = (
          SELECT jsonb_agg(CASE WHEN entry->>'error' IN ('dns', 'address')
            THEN entry || '{"error": "address", "durationMs": null}' ELSE entry END ORDER BY position)
          FROM jsonb_array_elements(attempts_log) WITH ORDINALITY AS log(entry, position)
        )
      WHERE attempts_log @> '[{"error": "dns"}]' OR attempts_log @> '[{"error": "address"}]';
      ALTER TABLE webhook_deliveries FORCE ROW LEVEL SECURITY;
    `)
  }

  async down() {
    this.schema.raw(`
      ALTER TABLE webhook_deliveries DROP COLUMN under_way_until;
      ALTER TABLE webhooks NO FORCE ROW LEVEL SECURITY;
      UPDATE webhooks SET disabled_reason = 'owner' WHERE disabled_reason = 'security';
      ALTER TABLE webhooks FORCE ROW LEVEL SECURITY;
      ALTER TABLE webhooks DROP CONSTRAINT webhooks_disabled_reason_check,
        ADD CONSTRAINT webhooks_disabled_reason_check
          CHECK (disabled_reason IN ('owner', 'gone', 'failing'));
    `)
  }
}
