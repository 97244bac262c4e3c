import { records } from '#core/database/records'
import type { Reader } from '#core/database/tenant'
import RuleRun from '#transactions/models/rule_run'

interface Filters {
  ruleId?: string
}

/** The user's runs of rules, newest first. */
export class RuleRunList {
  /** @param before the last id of the page before; returns up to `limit` rows */
  async handle(reader: Reader, { ruleId }: Filters, limit: number, before?: string) {
    const found = RuleRun.query()
      .if(ruleId, (query) => query.where('rule_id', ruleId!))
      .if(before, (query) => query.where('id', '<', before!))
      .orderBy('id', 'desc')
      .limit(limit)
    return records(reader, found)
  }
}
