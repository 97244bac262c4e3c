import type { SchemaRules } from '@adonisjs/lucid/types/schema_generator'

const column = (tsType: string, args?: Record<string, unknown>) => ({
  tsType,
  imports: [],
  decorators: [{ name: '@column', args }],
})

const oneOf = (...values: string[]) => column(values.map((value) => `'${value}'`).join(' | '))

const statementFormat = oneOf('csv', 'ofx', 'qif', 'camt052', 'camt053', 'camt054', 'mt940')

/**
 * How Postgres types read in generated models: money and counts are safe
 * integers (core/database/pg_types refuses others), days are `YYYY-MM-DD`,
 * quantities exact decimal strings. Rows are found by `id` inside the scope of
 * their user, who leads every composite key.
 */
export default {
  types: {
    bigint: column('number'),
    decimal: column('string'),
    date: column('string'),
  },
  primaryKey: (_table, keys) =>
    keys.includes('id')
      ? { columnName: 'id', columnInfo: column('string', { isPrimary: true }) }
      : undefined,
  tables: {
    users: { columns: { role: oneOf('USER', 'SUPPORT', 'ADMIN') } },
    accounts: {
      columns: {
        type: oneOf('checking', 'savings', 'cash', 'credit', 'loan', 'investment', 'other'),
      },
    },
    categories: { columns: { kind: oneOf('income', 'expense') } },
    personal_access_tokens: { columns: { scopes: column(`('read' | 'write')[]`) } },
    rules: { columns: { match: oneOf('all', 'any') } },
    rule_runs: {
      columns: { status: oneOf('pending', 'active', 'completed', 'failed', 'reverted') },
    },
    payee_aliases: { columns: { origin: oneOf('learned', 'entered') } },
    transactions: {
      columns: {
        kind: oneOf('income', 'expense', 'transfer'),
        tags: column('string[]'),
        locked_fields: column(`('category' | 'payee' | 'tags')[]`),
      },
    },
    imports: {
      columns: {
        status: oneOf('pending', 'active', 'completed', 'failed', 'reverted'),
        format: statementFormat,
        created_accounts: column('string[]'),
        created_categories: column('string[]'),
      },
    },
    import_profiles: { columns: { format: statementFormat, headers: column('string[] | null') } },
    files: { columns: { purpose: oneOf('upload', 'export') } },
    exports: { columns: { status: oneOf('pending', 'active', 'completed', 'failed') } },
    import_rows: { columns: { verdict: oneOf('imported', 'duplicate', 'rejected') } },
    proposals: {
      columns: {
        kind: oneOf('duplicate', 'transfer'),
        status: oneOf('open', 'accepted', 'refused', 'closed'),
      },
    },
    badges: { columns: { tier: oneOf('bronze', 'silver', 'gold') } },
    challenges: { columns: { tier: oneOf('bronze', 'silver', 'gold') } },
    reconciliations: { columns: { status: oneOf('open', 'completed') } },
    notifications: { columns: { data: column('Record<string, unknown>') } },
    notification_preferences: { columns: { digest: oneOf('off', 'daily', 'weekly') } },
    alerts: { columns: { kind: oneOf('lowBalance', 'largeTransaction') } },
    digests: { columns: { cadence: oneOf('daily', 'weekly') } },
    webhooks: {
      columns: {
        events: column('string[]'),
        disabled_reason: oneOf('owner', 'gone', 'failing', 'security'),
      },
    },
    webhook_deliveries: { columns: { status: oneOf('pending', 'delivered', 'failed') } },
  },
} satisfies SchemaRules
