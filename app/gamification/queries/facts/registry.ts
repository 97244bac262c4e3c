import type { Reader } from '#core/database/tenant'
import { Figures, type Facts, type Series } from '#gamification/domain/facts'
import { activityFacts } from '#gamification/queries/facts/activity_facts'
import { inventoryFacts } from '#gamification/queries/facts/inventory_facts'
import { monthFacts } from '#gamification/queries/facts/month_facts'
import type { FactSource, Scope } from '#gamification/queries/facts/source'

const sources: FactSource[] = [activityFacts, inventoryFacts, monthFacts]

/** Every fact that conditions can ask for. */
export const facts: Facts = Object.assign({}, ...sources.map((source) => source.facts))

/** Reads all there is to know of a user's books. */
export async function readFigures(reader: Reader, scope: Scope): Promise<Figures> {
  const series = await Promise.all(sources.map((source) => source.read(reader, scope)))
  return new Figures(Object.assign({}, ...series) as Record<string, Series>)
}
