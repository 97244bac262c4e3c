import pg from 'pg'
import { BaseSchema } from '@adonisjs/lucid/schema'
import { provisionRoles } from '#database/protection'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(provisionRoles(pg.escapeLiteral))
  }

  async down() {}
}
