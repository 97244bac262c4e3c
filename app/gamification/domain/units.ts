/** What an entry of the point ledger is about: its entries add up to what it has earned. */
export interface Unit {
  source: 'rule' | 'badge' | 'challenge'
  /** Of the rule, badge or challenge. */
  code: string
  /** The day of a rule, the first day of a challenge's period. */
  period: string | null
}

/** A unit and its points, under a version of what they are given for. */
export interface Credit extends Unit {
  points: number
  version: number
}

export type Cause = 'earned' | 'cause-gone' | 'rules-changed'

/** An entry that brings a unit from what it has to what it has earned. */
export interface Entry extends Unit {
  amount: number
  cause: Cause
  version: number
}

export function keyOf({ source, code, period }: Unit): string {
  return `${source}:${code}:${period ?? ''}`
}

/**
 * What must be appended to the ledger. What nobody judges any more, because its
 * rule, badge or challenge is retired, stays as it is. Awards come first: the
 * balance never falls below zero on the way.
 *
 * @param isJudged whether its rule, badge or challenge is in force
 */
export function differences(
  earned: Credit[],
  kept: Credit[],
  isJudged: (unit: Unit) => boolean
): Entry[] {
  const target = new Map(earned.map((credit) => [keyOf(credit), credit]))
  const current = new Map(kept.map((credit) => [keyOf(credit), credit]))
  const entries = [...new Set([...target.keys(), ...current.keys()])].flatMap((key): Entry[] => {
    const [to, from] = [target.get(key), current.get(key)]
    const { source, code, period } = (to ?? from)!
    const amount = (to?.points ?? 0) - (from?.points ?? 0)
    if (amount === 0 || !isJudged({ source, code, period })) return []

    const isRevised = to !== undefined && from !== undefined && to.version !== from.version
    const cause = isRevised ? 'rules-changed' : amount > 0 ? 'earned' : 'cause-gone'
    return [{ source, code, period, amount, cause, version: (to ?? from)!.version }]
  })
  return entries.sort((a, b) => Number(b.amount > 0) - Number(a.amount > 0))
}
