import { BaseCommand } from '@adonisjs/core/ace'
import { rotation } from '#config/secrets'
import type { SecretReport } from '#core/secrets/rotation'

export default class SecretsStatus extends BaseCommand {
  static commandName = 'secrets:status'
  static description = 'Print the age of each secret; fails when one is due or nearly so'
  static options = { startApp: true }

  async run() {
    const { Rotation } = await import('#core/secrets/rotation')
    const { DotEnv } = await import('#core/secrets/dot_env')
    const reports = await new Rotation(new DotEnv(this.app.appRoot)).report()
    for (const report of reports) this.#print(report)
    if (reports.some(({ days = 0 }) => days >= rotation.warnDays)) this.exitCode = 1
  }

  #print(report: SecretReport) {
    const { setting, keyId, days } = report
    const age = days === undefined ? 'not seen by any process yet' : `${Math.floor(days)} days`
    const line = `${setting}: ${age}, key ${keyId}${useOf(report)}${previousOf(report)}`

    if (days === undefined || days < rotation.warnDays) this.logger.info(line)
    else if (days < rotation.dueDays) this.logger.warning(`${line}; due at ${rotation.dueDays}`)
    else this.logger.error(`${line}; overdue: run "node ace secrets:rotate"`)
  }
}

function useOf({ isInUse, holders, processes }: SecretReport) {
  return isInUse ? '' : `, not in use yet: ${holders} of ${processes} running processes hold it`
}

function previousOf({ setting, previousNeededDays }: SecretReport) {
  if (previousNeededDays === undefined) return ''
  return previousNeededDays > 0
    ? `, ${setting}_PREVIOUS needed for ${Math.ceil(previousNeededDays)} days`
    : `, ${setting}_PREVIOUS may go: run "node ace secrets:rotate --finish"`
}
