/**
 * What is told to whoever follows a user's books: actions of the audit log under
 * the names that clients know. What isn't here stays between the user and the log.
 */
const PUBLISHED = {
  'account.opened': 'account.created',
  'account.changed': 'account.updated',
  'account.closed': 'account.deleted',

  'category.created': 'category.created',
  'category.changed': 'category.updated',
  'category.deleted': 'category.deleted',

  'transaction.recorded': 'transaction.created',
  'transaction.amended': 'transaction.updated',
  'transaction.split': 'transaction.updated',
  'transaction.deleted': 'transaction.deleted',
  'transfer.recorded': 'transfer.created',

  'import.started': 'import.created',
  'import.completed': 'import.completed',
  'import.failed': 'import.failed',
  'import.confirmed': 'import.confirmed',
  'import.row-overridden': 'import.updated',
  'import.reverted': 'import.reverted',
  'import.reversal-refused': 'import.reversal_failed',
  'import.reversal-failed': 'import.reversal_failed',
  'proposal.accepted': 'proposal.accepted',
  'proposal.refused': 'proposal.refused',
  'proposal.acceptance-withdrawn': 'proposal.withdrawn',

  'rule.created': 'rule.created',
  'rule.changed': 'rule.updated',
  'rule.deleted': 'rule.deleted',
  'rule-run.completed': 'rule_run.completed',
  'rule-run.failed': 'rule_run.failed',
  'rule-run.reverted': 'rule_run.reverted',
  'rule-run.reversal-failed': 'rule_run.failed',
  'payee-alias.created': 'payee_alias.created',
  'payee-alias.changed': 'payee_alias.updated',
  'payee-alias.deleted': 'payee_alias.deleted',

  'reconciliation.opened': 'reconciliation.created',
  'reconciliation.changed': 'reconciliation.updated',
  'reconciliation.completed': 'reconciliation.completed',
  'reconciliation.reopened': 'reconciliation.reopened',
  'reconciliation.deleted': 'reconciliation.deleted',

  'badge.awarded': 'badge.awarded',
  'badge.revoked': 'badge.revoked',
  'challenge.completed': 'challenge.completed',

  'file.kept': 'file.created',
  'file.deleted': 'file.deleted',
  'export.requested': 'export.created',
  'export.completed': 'export.ready',
  'export.failed': 'export.failed',

  'alert.triggered': 'alert.triggered',
  'webhook.disabled': 'webhook.disabled',

  'user.registered': 'user.created',
  'user.profile-changed': 'user.updated',
  'user.disabled': 'user.disabled',
  'session.opened': 'session.created',
  'session.closed': 'session.deleted',
  'session.closed-everywhere': 'session.deleted',
  'session.revoked': 'session.deleted',
  'session.revoked-after-reuse': 'session.deleted',
  'account.locked': 'user.locked',
  'password.changed': 'user.password_changed',
  'password.reset': 'user.password_changed',
  'email.changed': 'user.email_changed',
} as const

export type EventType = (typeof PUBLISHED)[keyof typeof PUBLISHED]

/** Every event there is, sorted by name. */
export const eventTypes = [...new Set<EventType>(Object.values(PUBLISHED))].sort()

/** The event an action of the audit log is published as, if it is. */
export function eventTypeOf(action: string): EventType | undefined {
  return Object.hasOwn(PUBLISHED, action) ? PUBLISHED[action as keyof typeof PUBLISHED] : undefined
}
