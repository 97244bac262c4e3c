import { eventTypes, type EventType } from '#core/activity/event_types'
import { kindsOn } from '#notifications/domain/kinds'

/** Words before the dot of events after which a client's view of the ledger is old. */
const LEDGER = new Set([
  'account',
  'category',
  'transaction',
  'transfer',
  'import',
  'proposal',
  'rule_run',
  'reconciliation',
])

/** A change of the ledger, as live streams tell of it. */
export interface LedgerChange {
  /** The event; null when it is not known what changed. */
  type: string | null
  subject: { type: string; id: string } | null
}

/** What clients that are looking on have to be told. */
export interface News {
  hasNotifications: boolean
  changes: LedgerChange[]

  /** A session ended: it may be theirs. */
  mayBeOver: boolean
}

export function changeOf({ type, subjectId }: { type: string; subjectId: string | null }) {
  return { type, subject: subjectId === null ? null : { type: nounOf(type), id: subjectId } }
}

/** The noun of an event: `transaction` of `transaction.created`; a transfer's subject is its first leg. */
function nounOf(type: string): string {
  const noun = type.slice(0, type.indexOf('.'))
  return noun === 'transfer' ? 'transaction' : noun
}

export function isLedgerEvent(type: string): boolean {
  return LEDGER.has(type.slice(0, type.indexOf('.')))
}

/** Events after which a balance, or what is booked, may be another. */
export const moneyEvents: EventType[] = eventTypes.filter((type) =>
  /^(account|transaction|transfer|import|rule_run|proposal)\./.test(type)
)

/** Events that people are told of, that make a client's view old, or that a stream ends with. */
export const newsEvents: EventType[] = eventTypes.filter(
  (type) =>
    kindsOn(type).length > 0 ||
    isLedgerEvent(type) ||
    type === 'session.deleted' ||
    type === 'user.updated'
)
