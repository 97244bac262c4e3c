import { BaseSchema } from '@adonisjs/lucid/schema'

/** Sessions are proven in the message of the read itself (docs/decisions/0004). */
export default class extends BaseSchema {
  async up() {
    this.schema.raw('DROP FUNCTION open_session(uuid, uuid)')
  }

  async down() {
    this.schema.raw(`
      CREATE FUNCTION open_session(owner uuid, session uuid) RETURNS SETOF users LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM set_config('finora.user_id', owner::text, true);
        RETURN QUERY SELECT u.* FROM sessions s JOIN users u ON u.id = s.user_id
          WHERE s.user_id = owner AND s.id = session AND s.revoked_at IS NULL AND s.expires_at > now();
      END $$;
    `)
  }
}
