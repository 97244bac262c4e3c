import { test } from '@japa/runner'
import { ESLint } from 'eslint'

const eslint = new ESLint()

async function complaints(filePath: string, code: string) {
  const [result] = await eslint.lintText(code, { filePath })
  const rules = result.messages.map(({ ruleId }) => ruleId)
  return [...new Set(rules)].filter((rule) => rule !== 'prettier/prettier')
}

function importing(path: string) {
  return `import { thing } from '${path}'\n\nexport const used = thing\n`
}

test.group('Lint / import ladder', () => {
  test('refuses {path} in {file}')
    .with([
      { file: 'app/core/money/money.ts', path: '#users/models/user' },
      { file: 'app/wallet/actions/open_account.ts', path: '#transactions/models/transaction' },
      { file: 'app/wallet/actions/open_account.ts', path: '#auth/models/session' },
      { file: 'app/transactions/actions/record.ts', path: '#wallet/validators/account_validator' },
      {
        file: 'app/transactions/actions/record.ts',
        path: '#wallet/controllers/accounts_controller',
      },
      { file: 'app/wallet/models/account.ts', path: '#transactions/actions/record' },
      { file: 'app/wallet/queries/summary_query.ts', path: '@adonisjs/core/http' },
      { file: 'app/wallet/domain/period.ts', path: '#wallet/transformers/account_transformer' },
      { file: 'app/wallet/routes.ts', path: '../core/http/problem.js' },
      { file: 'app/wallet/routes.ts', path: './controllers/accounts_controller.js' },
      { file: 'app/wallet/routes.ts', path: '#start/env' },
    ])
    .run(async ({ assert }, { file, path }) => {
      assert.deepEqual(await complaints(file, importing(path)), ['no-restricted-imports'])
    })

  test('allows {path} in {file}')
    .with([
      { file: 'app/wallet/actions/open_account.ts', path: '#core/money/money' },
      { file: 'app/wallet/actions/open_account.ts', path: '#users/models/user' },
      { file: 'app/transactions/actions/record.ts', path: '#wallet/queries/rates_query' },
      { file: 'app/wallet/models/account.ts', path: '#transactions/models/transaction' },
      { file: 'app/wallet/controllers/accounts_controller.ts', path: '@adonisjs/core/http' },
    ])
    .run(async ({ assert }, { file, path }) => {
      assert.deepEqual(await complaints(file, importing(path)), [])
    })
})

test.group('Lint / house rules', () => {
  test('refuses {code}')
    .with([
      { code: 'export const amount = parseFloat(text)', rule: 'no-restricted-globals' },
      { code: 'export const amount = Number.parseFloat(text)', rule: 'no-restricted-syntax' },
      { code: 'export const amount = value.toFixed(2)', rule: 'no-restricted-syntax' },
      { code: 'export const key = process.env.APP_KEY', rule: 'no-restricted-properties' },
    ])
    .run(async ({ assert }, { code, rule }) => {
      assert.include(await complaints('app/wallet/domain/period.ts', `${code}\n`), rule)
    })

  test('refuses a file over 200 lines', async ({ assert }) => {
    const lines = Array.from(
      { length: 201 },
      (_, index) => `export const line${index} = ${index}\n`
    )

    const found = await complaints('app/wallet/domain/period.ts', lines.join(''))

    assert.deepEqual(found, ['max-lines'])
  })

  test('gives comments no power over rules', async ({ assert }) => {
    const code = '/* eslint-disable */\nexport const amount = value.toFixed(2)\n'

    assert.include(await complaints('app/wallet/domain/period.ts', code), 'no-restricted-syntax')
  })
})
