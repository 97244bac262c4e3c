import { EVER, firstOfMonth, type Window } from '#gamification/domain/days'

/** Something about a user's books that conditions ask for, by its name. */
export interface Fact {
  /** For those who write conditions. */
  meaning: string

  /** How often, a part of the whole from 0 to 1, or whole units of the user's currency. */
  measure: 'count' | 'share' | 'amount'

  /** The smallest stretch it can be asked of; without, only ever. */
  grain?: 'day' | 'month'
}

export type Facts = Record<string, Fact>

/** How a fact came about over time. */
export interface Series {
  within(window: Window): number
}

/** What a fact is, whenever it is asked. */
export class Standing implements Series {
  constructor(private value: number) {}

  within() {
    return this.value
  }
}

/** What happened on each day. */
export class DayCounts implements Series {
  constructor(readonly days: ReadonlyMap<string, number>) {}

  within({ from, to }: Window) {
    let sum = 0
    for (const [day, count] of this.days) if (day >= from && day <= to) sum += count
    return sum
  }

  /** At most so many of each day. */
  capped(most: number): DayCounts {
    return new DayCounts(new Map([...this.days].map(([day, n]) => [day, Math.min(n, most)])))
  }

  /** All of these together. */
  static sumOf(...counts: DayCounts[]): DayCounts {
    const days = new Map<string, number>()
    for (const [day, count] of counts.flatMap((each) => [...each.days])) {
      days.set(day, (days.get(day) ?? 0) + count)
    }
    return new DayCounts(days)
  }

  /** One for each day on which anything of these happened. */
  static anyOf(...counts: DayCounts[]): DayCounts {
    const days = counts.flatMap((each) => [...each.days].filter(([, n]) => n > 0))
    return new DayCounts(new Map(days.map(([day]) => [day, 1])))
  }
}

/** A figure over the months that a window touches. */
export class Monthly<Row extends { month: string }> implements Series {
  constructor(
    private rows: Row[],
    private figure: (rows: Row[]) => number
  ) {}

  within({ from, to }: Window) {
    const first = firstOfMonth(from)
    return this.figure(this.rows.filter(({ month }) => month >= first && month <= to))
  }
}

/** What is known of a user's books, fact by fact. */
export class Figures {
  constructor(private series: Record<string, Series>) {}

  of(fact: string, window: Window = EVER): number {
    if (!Object.hasOwn(this.series, fact)) throw new TypeError(`there is no fact ${fact}`)
    return this.series[fact].within(window)
  }

  /** Day by day. Throws for what has no days. */
  daysOf(fact: string): ReadonlyMap<string, number> {
    const series = this.series[fact]
    if (!(series instanceof DayCounts)) throw new TypeError(`${fact} does not count by the day`)
    return series.days
  }
}
