import pg from 'pg'
import db from '@adonisjs/lucid/services/db'
import { BaseCommand } from '@adonisjs/core/ace'
import { roles } from '#config/database'
import { provisionRoles } from '#database/protection'

export default class DbRoles extends BaseCommand {
  static commandName = 'db:roles'
  static description = 'Give the two database logins the passwords of the settings'
  static help = 'Run it after APP_KEY, DB_APP_PASSWORD or DB_SYSTEM_PASSWORD changed.'
  static options = { startApp: true }

  async run() {
    await db.connection('owner').rawQuery(provisionRoles(pg.escapeLiteral))
    for (const { user } of Object.values(roles)) this.logger.success(`login ${user} is ready`)
  }
}
