import { BaseSchema } from '@adonisjs/lucid/schema'
import { protectTable } from '#database/protection'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      /*
        event_id: the entry of the audit log it tells of, so that an event that is told twice
        makes one. position: in the order of one user's commits (see Notification.lockOrder), which
        lists and live streams follow. in_app: whether the user sees it among theirs, or only gets a mail.
        A deleted row keeps no words, and stays for a while so that its event makes no other.
      */
      CREATE TABLE notifications (
        user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        id uuid NOT NULL,
        position bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
        event_id uuid NOT NULL,
        kind varchar(40) NOT NULL,
        title varchar(200) NOT NULL,
        body varchar(1000) NOT NULL,
        subject_type varchar(40),
        subject_id uuid,
        data jsonb NOT NULL DEFAULT '{}',
        in_app boolean NOT NULL,
        emailed_at timestamptz,
        read_at timestamptz,
        deleted_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (user_id, id),
        CONSTRAINT notifications_event UNIQUE (user_id, event_id, kind)
      );
      CREATE INDEX notifications_shown ON notifications (user_id, position DESC)
        WHERE in_app AND deleted_at IS NULL;
      CREATE INDEX notifications_unread ON notifications (user_id)
        WHERE in_app AND deleted_at IS NULL AND read_at IS NULL;
      CREATE INDEX notifications_age ON notifications (created_at);
      ${protectTable('notifications')}

      /*
        channels: by kind, where a person wants it other than usual. updated_at: null until they
        first say anything.
      */
      CREATE TABLE notification_preferences (
        user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        channels jsonb NOT NULL DEFAULT '{}',
        quiet_start char(5) CHECK (quiet_start ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
        quiet_end char(5) CHECK (quiet_end ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
        quiet_time_zone varchar(64),
        digest varchar(6) NOT NULL DEFAULT 'off' CHECK (digest IN ('off', 'daily', 'weekly')),
        digest_hour smallint NOT NULL DEFAULT 8 CHECK (digest_hour BETWEEN 0 AND 23),
        next_digest_at timestamptz,
        updated_at timestamptz,
        PRIMARY KEY (user_id),
        CHECK ((quiet_start IS NULL) = (quiet_end IS NULL)),
        CHECK (quiet_start <> quiet_end),
        CHECK ((digest = 'off') = (next_digest_at IS NULL))
      );
      CREATE INDEX notification_preferences_digest ON notification_preferences (next_digest_at)
        WHERE next_digest_at IS NOT NULL;
      ${protectTable('notification_preferences')}
    `)
  }

  async down() {
    this.schema.raw('DROP TABLE notification_preferences, notifications')
  }
}
