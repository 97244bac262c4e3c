import { BaseCommand } from '@adonisjs/core/ace'
import { system } from '#core/database/system'
import { DEMO_SIGN_IN, DemoHousehold } from '#database/demo/household'

export default class DemoSeed extends BaseCommand {
  static commandName = 'demo:seed'
  static description = 'Fill an empty database with a demo household'
  static options = { startApp: true }

  async run() {
    const taken = await system.transaction((trx) => trx.from('users').select('id').first())
    if (taken) {
      this.logger.info('the database has users already: nothing was added')
      return
    }
    await new DemoHousehold().handle((done) => this.logger.info(done))
    this.logger.success(`sign in as ${DEMO_SIGN_IN.email} / ${DEMO_SIGN_IN.password}`)
  }
}
