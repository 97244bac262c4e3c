import { BaseSchema } from '@adonisjs/lucid/schema'
import { protectTable } from '#database/protection'

/** More changes of the time zone in thirty days than this are remembered as if they were one. */
const MOST_MOVES = 10

/**
 * Where the days of a user began before they moved: until when, by which time zone.
 * What was done then stays on the day that it was done on.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      CREATE TABLE former_timezones (
        user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        until timestamptz NOT NULL,
        timezone varchar(64) NOT NULL,
        PRIMARY KEY (user_id, until)
      );
      ${protectTable('former_timezones')}

      CREATE OR REPLACE FUNCTION remember_timezone() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF (SELECT count(*) FROM former_timezones f
            WHERE f.user_id = NEW.id AND f.until > now() - interval '30 days') < ${MOST_MOVES} THEN
          INSERT INTO former_timezones (user_id, until, timezone)
          VALUES (NEW.id, now(), OLD.timezone) ON CONFLICT DO NOTHING;
        END IF;
        RETURN NULL;
      END $$;
      CREATE TRIGGER remember_timezone AFTER UPDATE OF timezone ON users
        FOR EACH ROW WHEN (OLD.timezone <> NEW.timezone) EXECUTE FUNCTION remember_timezone();
    `)
  }

  async down() {
    this.schema.raw(`
      DROP TRIGGER remember_timezone ON users;
      DROP FUNCTION remember_timezone();
      DROP TABLE former_timezones;
    `)
  }
}
