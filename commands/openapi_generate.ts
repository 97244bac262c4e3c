import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { describeRoutes } from '#core/openapi/published_document'
import { BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

/** Keeps `docs/openapi.json`, the copy of the API document that reviews show. */
export default class OpenapiGenerate extends BaseCommand {
  static commandName = 'openapi:generate'
  static description = 'Write the API document to docs/openapi.json'

  static options: CommandOptions = { startApp: true }

  @flags.boolean({ description: 'Write nothing; fail when the file is out of date' })
  declare check: boolean

  async run() {
    const path = this.app.makePath('docs/openapi.json')
    const document = await describeRoutes()

    if (!this.check) {
      await writeFile(path, document)
      this.logger.success('docs/openapi.json is written')
      return
    }
    if (!existsSync(path) || (await readFile(path, 'utf8')) !== document) {
      this.logger.error('docs/openapi.json is out of date: run "node ace openapi:generate"')
      this.exitCode = 1
    }
  }
}
