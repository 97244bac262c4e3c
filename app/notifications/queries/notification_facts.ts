import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { ActivityEvent } from '#core/activity/activity'
import { deviceOf, isSurprising, type SignIn } from '#notifications/domain/device'
import type { SubjectType } from '#notifications/domain/kinds'

type Looked = Record<string, unknown> | null
type Look = (event: ActivityEvent, trx: TransactionClientContract) => Promise<Looked>

interface SessionRow extends SignIn {
  id: string
  registeredAt: Date
}

/** Sessions that are compared with a new one; they are kept for a month after their end. */
const MOST_SESSIONS = 500

/** Where the facts of a notification are; null when there is nothing to tell. */
const LOOKS: Record<SubjectType, Look> = {
  import: ({ subjectId }, trx) =>
    one(
      `SELECT file_name AS name, dry_run AS "isDryRun", imported_rows AS imported,
         duplicate_rows AS duplicates, rejected_rows AS rejected, error->>'detail' AS reason
       FROM imports WHERE id = ?`,
      [subjectId],
      trx
    ),

  export: ({ subjectId }, trx) =>
    one(
      `SELECT file_id AS "fileId", expires_at AS "expiresAt" FROM exports WHERE id = ?`,
      [subjectId],
      trx
    ),

  ruleRun: ({ subjectId }, trx) =>
    one(
      `SELECT rule->>'name' AS name, changed_rows AS changed FROM rule_runs WHERE id = ?`,
      [subjectId],
      trx
    ),

  async session({ subjectId }, trx) {
    if (subjectId === null) return null
    const { rows } = await trx.rawQuery<{ rows: SessionRow[] }>(
      `SELECT s.id, host(s.ip) AS ip, s.user_agent AS "userAgent", s.created_at AS at,
         u.created_at AS "registeredAt"
       FROM sessions s JOIN users u ON u.id = s.user_id
       WHERE s.id <= ? ORDER BY s.id DESC LIMIT ${MOST_SESSIONS}`,
      [subjectId]
    )
    const [session, ...earlier] = rows
    if (session?.id !== subjectId) return null
    if (!isSurprising(session, earlier, session.registeredAt)) return null
    return { device: deviceOf(session.userAgent), ip: session.ip, at: session.at }
  },

  alert: ({ subjectId, data }, trx) =>
    one(
      `SELECT a.kind AS "alertKind", t.account_id AS "accountId", b.name, t.amount_minor AS amount,
         a.threshold_minor AS threshold, a.currency, x.id AS "transactionId", x.payee,
         ?::int AS more
       FROM alerts a
       JOIN alert_triggers t ON t.alert_id = a.id AND t.subject_id = ? AND t.period = ?
       JOIN accounts b ON b.id = t.account_id
       LEFT JOIN transactions x ON a.kind = 'largeTransaction' AND x.id = t.subject_id
       WHERE a.id = ? AND (a.kind <> 'largeTransaction' OR x.id IS NOT NULL)`,
      [data.more ?? 0, data.subjectId, data.period, subjectId],
      trx
    ),

  badge: ({ subjectId }, trx) =>
    one('SELECT code, name FROM badges WHERE id = ?', [subjectId], trx),

  webhook: async ({ data }) => ({ reason: data.reason }),
}

/** What the words of a notification are made of. */
export class NotificationFacts {
  handle(type: SubjectType, event: ActivityEvent, trx: TransactionClientContract): Promise<Looked> {
    return LOOKS[type](event, trx)
  }
}

async function one(sql: string, values: unknown[], trx: TransactionClientContract) {
  if (values.some((value) => value === null || value === undefined)) return null
  const { rows } = await trx.rawQuery<{ rows: Record<string, unknown>[] }>(sql, values as string[])
  return rows[0] ?? null
}
