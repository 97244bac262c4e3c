/** Asked for by the owner, to see whether a receiver works. */
export const PING = 'webhook.ping'

/** Something that happened, as receivers are told. */
export interface WebhookEvent {
  /** The same however often it is told: receivers drop what they have. */
  id: string
  type: string
  occurredAt: Date
  /** The class of what it happened to, such as `RuleRun`. */
  subjectType: string | null
  subjectId: string | null
}

/**
 * What is sent: that something happened, and to what. Amounts, names and texts are
 * left to the API, which asks who wants to know, and has them as they are by now
 * (docs/decisions/0034-webhooks-say-little).
 */
export function messageOf({ id, type, occurredAt, subjectType, subjectId }: WebhookEvent): string {
  const subject = subjectType && subjectId && { type: snakeCase(subjectType), id: subjectId }
  const data = { subject: subject || null }
  return JSON.stringify({ id, type, createdAt: occurredAt.toISOString(), data })
}

function snakeCase(name: string) {
  return name.replace(/(?<!^)([A-Z])/g, '_$1').toLowerCase()
}
