import { BaseSchema } from '@adonisjs/lucid/schema'

/** Whoever changes the hour may have two digests on one day; each goes on where the last ended. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      ALTER TABLE digests DROP CONSTRAINT digests_pkey, ADD PRIMARY KEY (user_id, until_at);
    `)
  }

  async down() {
    this.schema.raw(`
      ALTER TABLE digests NO FORCE ROW LEVEL SECURITY;
      DELETE FROM digests d USING digests later
      WHERE later.user_id = d.user_id AND later.day = d.day AND later.until_at > d.until_at;
      ALTER TABLE digests FORCE ROW LEVEL SECURITY;
      ALTER TABLE digests DROP CONSTRAINT digests_pkey, ADD PRIMARY KEY (user_id, day);
    `)
  }
}
