import { wordings, type Wording } from '#notifications/domain/wordings'

/** Where a notification goes: the list in the app, an e-mail, the user's webhooks. */
export interface Channels {
  inApp: boolean
  email: boolean
  webhook: boolean
}

/** What it is about, and where its facts are looked up. */
export type SubjectType =
  'import' | 'export' | 'ruleRun' | 'session' | 'alert' | 'badge' | 'webhook'

interface Kind {
  /** The event it tells of; an event that nobody emits yet makes none. */
  event: string
  subject: SubjectType
  wording: Wording

  /** The view of its mail, without `_html` and `_text`. */
  mail: string

  /** Whether it is mailed unless the user says otherwise. */
  email: boolean

  /** Its mail doesn't wait for a digest. */
  isUrgent?: boolean

  /** About who may come in: its mail can't be switched off, and doesn't wait for anything. */
  isSecurity?: boolean
}

/** What people are notified of. A kind more is an entry here and a wording. */
export const kinds = {
  'import.completed': {
    event: 'import.completed',
    subject: 'import',
    wording: wordings.importCompleted,
    mail: 'import_completed',
    email: true,
  },
  'import.failed': {
    event: 'import.failed',
    subject: 'import',
    wording: wordings.importFailed,
    mail: 'import_failed',
    email: true,
  },
  'import.reverted': {
    event: 'import.reverted',
    subject: 'import',
    wording: wordings.importReverted,
    mail: 'notice',
    email: false,
  },
  'export.ready': {
    event: 'export.ready',
    subject: 'export',
    wording: wordings.exportReady,
    mail: 'export_ready',
    email: true,
  },
  'export.failed': {
    event: 'export.failed',
    subject: 'export',
    wording: wordings.exportFailed,
    mail: 'notice',
    email: true,
  },
  'rule_run.completed': {
    event: 'rule_run.completed',
    subject: 'ruleRun',
    wording: wordings.ruleRunCompleted,
    mail: 'notice',
    email: false,
  },
  'rule_run.failed': {
    event: 'rule_run.failed',
    subject: 'ruleRun',
    wording: wordings.ruleRunFailed,
    mail: 'notice',
    email: true,
  },
  'sign_in.new': {
    event: 'session.created',
    subject: 'session',
    wording: wordings.newSignIn,
    mail: 'new_sign_in',
    email: true,
    isUrgent: true,
    isSecurity: true,
  },
  'alert.triggered': {
    event: 'alert.triggered',
    subject: 'alert',
    wording: wordings.alertTriggered,
    mail: 'alert',
    email: true,
    isUrgent: true,
  },
  'badge.awarded': {
    event: 'badge.awarded',
    subject: 'badge',
    wording: wordings.badgeAwarded,
    mail: 'notice',
    email: false,
  },
  'webhook.disabled': {
    event: 'webhook.disabled',
    subject: 'webhook',
    wording: wordings.webhookDisabled,
    mail: 'notice',
    email: false,
  },
} satisfies Record<string, Kind>

export type KindName = keyof typeof kinds

export const kindNames = Object.keys(kinds) as KindName[]

export function kindOf(name: KindName): Kind {
  return kinds[name]
}

/** The kinds that tell of an event. */
export function kindsOn(event: string): KindName[] {
  return kindNames.filter((name) => kinds[name].event === event)
}

/** Where a kind goes unless the user says otherwise. */
export function usualChannels(name: KindName): Channels {
  return { inApp: true, email: kinds[name].email, webhook: true }
}
