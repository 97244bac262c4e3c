/*
| AdonisJS's rules, and the architecture's: who may import whom, how long a file
| may be, exact arithmetic only, settings read in one place.
*/
import { configApp } from '@adonisjs/eslint-config'

/*
| Imports point to the left only. Modules that stand beside each other do not
| know each other: the event that one emits is listened to in start/events.ts.
*/
const ladder = [
  ['core'],
  ['users'],
  ['auth', 'wallet', 'files', 'notifications'],
  ['transactions'],
  ['budgets', 'investments'],
  ['gamification', 'ai'],
  ['admin'],
]

/** What a module shows to the modules on its right. The core shows everything. */
const offered = 'models|actions|queries|domain|events|transformers'

const anyOf = (modules) => `(?:${modules.join('|')})`

const environment = { regex: '^#start/env$', message: 'Only config/ reads the environment.' }

function boundaries(module) {
  const step = ladder.findIndex((modules) => modules.includes(module))
  const left = ladder.slice(1, step).flat()
  const beyond = ladder
    .slice(step)
    .flat()
    .filter((other) => other !== module)
  const rules = [
    {
      regex: String.raw`^\.\.?/`,
      message: 'Import by alias (#core/…), also within the module.',
    },
    environment,
  ]
  if (left.length) {
    rules.push({
      regex: `^#${anyOf(left)}/(?!(?:${offered})/)`,
      message: `Another module offers only its ${offered.replaceAll('|', ', ')}.`,
    })
  }
  return { beyond, rules }
}

const forbid = (patterns) => ({ 'no-restricted-imports': ['error', { patterns }] })

/** Models, actions, queries and calculations know nothing of HTTP. */
const inward = [
  {
    regex: '^@adonisjs/core/http$|^@vinejs/vine|/(?:controllers|validators|transformers|policies)/',
    message: 'Models, actions, queries and domain do not know HTTP, validators or transformers.',
  },
]

function importRules(module) {
  const { beyond, rules } = boundaries(module)
  const message = `${module} stands left of it in the ladder: emit an event instead.`
  const noneBeyond = beyond.length ? [{ regex: `^#${anyOf(beyond)}/`, message }] : []
  const modelsBeyond = beyond.length
    ? [
        {
          regex: `^#${anyOf(beyond)}/(?!models/)`,
          message: 'A model may relate to any model, to nothing else.',
        },
      ]
    : []
  return [
    {
      name: `finora/imports/${module}`,
      files: [`app/${module}/**/*.ts`],
      rules: forbid([...rules, ...noneBeyond]),
    },
    {
      name: `finora/imports/${module}/inward`,
      files: [`app/${module}/{actions,queries,domain}/**/*.ts`],
      rules: forbid([...rules, ...noneBeyond, ...inward]),
    },
    {
      name: `finora/imports/${module}/models`,
      files: [`app/${module}/models/**/*.ts`],
      rules: forbid([...rules, ...modelsBeyond, ...inward]),
    },
  ]
}

export default configApp(
  {
    ignores: [
      'tmp/**',
      '.services/**',
      'database/schema.ts',
      'resources/**',
      'clients/*/dist/**',
      'clients/typescript/src/schema.ts',
      'clients/typescript/src/idempotent.ts',
    ],
  },
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
  {
    name: 'finora/hostile-text',
    files: ['**/*.ts'],
    rules: {
      'no-control-regex': 'off',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
    },
  },
  {
    name: 'finora/length',
    files: ['{app,commands,providers,start,bin}/**/*.ts'],
    rules: { 'max-lines': ['error', { max: 200 }] },
  },
  {
    name: 'finora/exact-arithmetic',
    files: ['**/*.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        { name: 'parseFloat', message: 'Amounts are exact: use Money or Decimal.' },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: "CallExpression[callee.property.name='toFixed']",
          message: 'Amounts are exact: use Money or Decimal; for display use Intl.',
        },
        {
          selector: "MemberExpression[object.name='Number'][property.name='parseFloat']",
          message: 'Amounts are exact: use Money or Decimal.',
        },
      ],
    },
  },
  {
    name: 'finora/settings',
    files: ['{app,commands,database,providers,start}/**/*.ts'],
    ignores: ['start/env.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Only config/ reads the environment.' },
      ],
      'no-restricted-imports': ['error', { patterns: [environment] }],
    },
  },
  ...ladder.flat().flatMap(importRules)
)
