import { assert } from '@japa/assert'
import { apiClient } from '@japa/api-client'
import app from '@adonisjs/core/services/app'
import testUtils from '@adonisjs/core/services/test_utils'
import { pluginAdonisJS } from '@japa/plugin-adonisjs'
import { authApiClient } from '@adonisjs/auth/plugins/api_client'
import type { Config } from '@japa/runner/types'
import { apiContract } from '#tests/support/openapi'

export const plugins: Config['plugins'] = [
  assert(),
  pluginAdonisJS(app),
  apiClient(),
  authApiClient(app),
  apiContract(),
]

export const reporters: Config['reporters'] = { activated: ['spec'] }

export const runnerHooks: Required<Pick<Config, 'setup' | 'teardown'>> = {
  setup: [],
  teardown: [],
}

/** Suites that speak HTTP run against a real server on a free port. */
export const configureSuite: Config['configureSuite'] = (suite) => {
  if (['functional', 'browser', 'faults'].includes(suite.name)) {
    return suite.setup(() => testUtils.httpServer().start())
  }
}
