/*
|--------------------------------------------------------------------------
| The API document
|--------------------------------------------------------------------------
|
| What the OpenAPI document at `/docs/openapi.json` says about the API as a
| whole. Paths, parameters and schemas are generated from the code.
|
*/
export const openapi = {
  info: {
    title: 'Finora',
    summary: 'Self-hosted personal finance',
    description: [
      'Money is an integer in the minor unit of the currency beside it: `-1299` with `EUR`',
      'is −12.99 €. Quantities, prices, rates and shares are decimal strings. Instants are',
      'RFC 3339 in UTC, days `YYYY-MM-DD`, months `YYYY-MM`. Errors are RFC 9457 problems;',
      'their `code` is stable, their texts are not.',
    ].join('\n'),

    /** Version of the contract, not of the release. */
    version: '1.0.0',

    license: { name: 'AGPL-3.0-or-later', identifier: 'AGPL-3.0-or-later' },
  },

  /** Relative to the document, so one file fits every installation. */
  servers: [{ url: '/', description: 'This server' }],

  /** Routes below these paths are the API; each must declare its contract. */
  documented: ['/api/v1', '/health'],

  /** Prefix of every route's name, dropped from the operation ids. */
  namePrefix: 'api.v1.',

  /** Groups of operations in the order in which a reader meets them. */
  tags: [
    { name: 'auth', description: 'Registration, sign-in, sessions and tokens' },
    { name: 'users', description: 'The signed-in user' },
    { name: 'wallet', description: 'Accounts, balances and what they add up to' },
    { name: 'transactions', description: 'Bookings, transfers, categories, rules and imports' },
    { name: 'budgets', description: 'Budgets, goals, recurring payments and scenarios' },
    { name: 'investments', description: 'Activities, positions and returns' },
    { name: 'gamification', description: 'Badges, challenges and points' },
    { name: 'ai', description: 'The assistant' },
    { name: 'files', description: 'Uploads' },
    { name: 'notifications', description: 'Notifications, alerts and webhooks' },
    { name: 'health', description: 'What a load balancer asks' },
  ],
}
