import { randomUUIDv7 } from 'node:crypto'
import { BaseSchema } from '@adonisjs/lucid/schema'
import { badges, challenges } from '#database/gamification/starting_set'

/** What a new installation rewards; codes that are there already stay as they are. */
export default class extends BaseSchema {
  async up() {
    this.defer(async (trx) => {
      for (const [table, definitions] of Object.entries({ badges, challenges })) {
        const rows = definitions.map(({ condition, ...definition }) => ({
          id: randomUUIDv7(),
          ...definition,
          condition: JSON.stringify(condition),
        }))
        await trx.insertQuery().table(table).knexQuery.insert(rows).onConflict('code').ignore()
      }
    })
  }

  /** They go with their tables: users may have earned them. */
  async down() {}
}
