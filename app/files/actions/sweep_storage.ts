import drive from '@adonisjs/drive/services/main'
import { referencesTo } from '#config/personal_data'
import { system } from '#core/database/system'
import { folders, keysBelow, madeAt, type Folder } from '#core/storage/keys'

/** Bytes are stored before the row that names them: younger ones may still get it. */
const GRACE = 24 * 60 * 60 * 1000

const BATCH = 1_000

/** Deletes bytes that no row refers to: of a process that died, or of a deletion that was given up. */
export default class SweepStorage {
  async handle() {
    for (const folder of folders) {
      let keys: string[] = []
      for await (const key of keysBelow(folder)) {
        if (Date.now() - madeAt(key).valueOf() > GRACE) keys.push(key)
        if (keys.length < BATCH) continue
        await this.#sweep(folder, keys)
        keys = []
      }
      await this.#sweep(folder, keys)
    }
  }

  async #sweep(folder: Folder, keys: string[]) {
    const { table, column } = referencesTo[folder]
    const known = await system.transaction(async (trx) => {
      const { rows } = await trx.rawQuery<{ rows: { key: string }[] }>(
        `SELECT ${column} AS key FROM ${table} WHERE ${column} = ANY(?)`,
        [keys]
      )
      return new Set(rows.map(({ key }) => key))
    })
    for (const key of keys) if (!known.has(key)) await drive.use().delete(key)
  }
}
