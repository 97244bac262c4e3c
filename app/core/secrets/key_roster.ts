import db from '@adonisjs/lucid/services/db'
import type { Keyring } from '#core/secrets/keyring'

/** How a key of a setting stands, by the database's clock. */
export interface KeyStanding {
  setting: string
  keyId: string
  /** Seconds since a process first said that it holds the key. */
  age: number
  /** Seconds since it took over from the one before; null while it has not. */
  settledFor: number | null
  /** Running processes, and how many of them hold the key. */
  processes: number
  holders: number
}

/**
 * Since when each key is in use, and which running process holds which. Kept in
 * Postgres by the keys' ids, which are digests.
 */
export class KeyRoster {
  /** @param silence seconds after which a process not heard of counts as gone */
  constructor(private silence: number) {}

  /** Says which keys this process verifies and opens with. */
  async announce(processId: string, keyrings: Keyring[]) {
    const held = heldBy(keyrings)
    await this.#ask(
      `WITH known AS (
         INSERT INTO secret_keys (setting, key_id) SELECT * FROM unnest(?::text[], ?::text[])
         ON CONFLICT DO NOTHING
       ), gone AS (
         DELETE FROM secret_holders WHERE seen_at < now() - interval '1 hour' AND process_id <> ?
       )
       INSERT INTO secret_holders (process_id, key_ids) VALUES (?, ?)
       ON CONFLICT (process_id) DO UPDATE SET key_ids = excluded.key_ids, seen_at = now()`,
      [held.settings, held.keyIds, processId, processId, held.keyIds]
    )
  }

  /** The key signs and seals from now on. The first process to find out says so. */
  async settled({ setting, newest }: Keyring) {
    await this.#ask(
      `UPDATE secret_keys SET settled_at = now()
       WHERE setting = ? AND key_id = ? AND settled_at IS NULL`,
      [setting, newest.id]
    )
  }

  /** This process is about to end. */
  async leave(processId: string) {
    await this.#ask('DELETE FROM secret_holders WHERE process_id = ?', [processId])
  }

  /** How the keys of these keyrings stand; those nobody has announced yet are absent. */
  async standings(keyrings: Keyring[]): Promise<KeyStanding[]> {
    const held = heldBy(keyrings)
    const { rows } = await this.#ask(
      `SELECT setting, k.key_id AS "keyId", extract(epoch FROM now() - first_seen_at)::float AS age,
         extract(epoch FROM now() - settled_at)::float AS "settledFor",
         count(process_id)::int AS processes,
         (count(*) FILTER (WHERE k.key_id = ANY(key_ids)))::int AS holders
       FROM unnest(?::text[], ?::text[]) AS k(setting, key_id)
       JOIN secret_keys USING (setting, key_id)
       LEFT JOIN secret_holders ON seen_at > now() - make_interval(secs => ?)
       GROUP BY setting, k.key_id, first_seen_at, settled_at`,
      [held.settings, held.keyIds, this.silence]
    )
    return rows
  }

  #ask(sql: string, values: unknown[]): Promise<{ rows: KeyStanding[] }> {
    return db.connection('app').rawQuery(sql, values as never)
  }
}

function heldBy(keyrings: Keyring[]) {
  const held = keyrings.flatMap(({ setting, keys }) => keys.map(({ id }) => ({ setting, id })))
  return { settings: held.map(({ setting }) => setting), keyIds: held.map(({ id }) => id) }
}
