import type { PersonalData } from '#core/personal_data/exported'
import type { Folder } from '#core/storage/keys'

/*
|--------------------------------------------------------------------------
| Personal data
|--------------------------------------------------------------------------
|
| What happens to each table that has a `user_id` when a person asks for their
| data, and when they leave. Modules stand beside each other and don't know each
| other; here they are named, as jobs are in config/queue.ts. A test compares
| this page with the database: a table or column nobody has decided about fails.
|
*/

/** What an export holds, in this order; each module says what its columns mean. */
export const exported: (() => Promise<{ default: PersonalData }>)[] = [
  () => import('#users/queries/exported_user'),
  () => import('#auth/queries/exported_sign_ins'),
  () => import('#wallet/queries/exported_accounts'),
  () => import('#transactions/queries/exported_ledger'),
  () => import('#transactions/queries/exported_rules'),
  () => import('#transactions/queries/exported_imports'),
  () => import('#gamification/queries/exported_habits'),
  () => import('#files/queries/exported_files'),
  () => import('#notifications/queries/exported_notifications'),
  () => import('#notifications/queries/exported_webhooks'),
  () => import('#core/audit/exported_audit'),
]

/** Tables that an export leaves out, and why. */
export const notExported: Record<string, string> = {
  audit_chains: 'the end of the audit log, once more',
  daily_totals: 'sums that follow from the transactions',
  monthly_totals: 'sums that follow from the transactions',
  password_resets: 'secrets under way, good for an hour',
  idempotency_keys: 'answers given before, encrypted, for 24 hours',
  exports: 'tells of exports; each would make the next one another',
  transaction_tombstones: 'that something is gone, and nothing of what it was',
  misses: 'ids asked for in vain; what comes of them would say whether they exist',
  gamification_states: 'when points and badges were last brought up to date',
  alert_evaluations: 'that alerts are to be looked at, for some seconds',
  erasures: 'is there only once the person has gone',
}

/** How long an export can be downloaded before it is deleted. */
export const exportLifetimeDays = 7

/**
 * Tables of an erased user that go first, a few thousand rows at a time: they can
 * be long, or nothing ties them to the user's row. Everything else goes with that
 * row, by its foreign key.
 */
export const erasedInBatches = [
  'transactions',
  'transaction_tombstones',
  'import_rows',
  'rule_run_changes',
  'webhook_deliveries',
  'notifications',
  'daily_totals',
  'monthly_totals',
  'idempotency_keys',
]

/** What stays of an erased user, under an id that leads to nobody, and why. */
export const keptAfterErasure: Record<string, string> = {
  audit_logs: 'what was done, without personal data',
  audit_chains: 'proves that the audit log is whole',
  erasures: 'that and when the user was erased; who must go again after a restored backup',
}

/** Which rows name the bytes in storage; what none names is swept away after a day. */
export const referencesTo: Record<Folder, { table: string; column: string }> = {
  files: { table: 'files', column: 'key' },
  imports: { table: 'imports', column: 'file_key' },
}
