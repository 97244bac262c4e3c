/**
 * Takes turns (A B C A B C …), so that whatever else the machine does meanwhile
 * meets all of them alike. The first rounds are for warming up and don't count.
 */
export async function interleave<Name extends string, Result>(
  tasks: Record<Name, () => Promise<Result>>,
  { rounds, warmups = 1 }: { rounds: number; warmups?: number }
): Promise<Record<Name, Result[]>> {
  const names = Object.keys(tasks) as Name[]
  const results = Object.fromEntries(names.map((name) => [name, [] as Result[]]))
  for (let round = -warmups; round < rounds; round++) {
    for (const name of names) {
      const result = await tasks[name]()
      if (round >= 0) results[name].push(result)
    }
  }
  return results as Record<Name, Result[]>
}

/** The median of how one compares to the other in the same round. */
export function ratioOf(values: number[], floors: number[]) {
  return median(values.map((value, round) => value / floors[round]))
}

export function median(values: number[]) {
  return percentile(values, 0.5)
}

/** Nearest rank; NaN of nothing. */
export function percentile(values: number[], share: number) {
  const sorted = Float64Array.from(values).sort()
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** Milliseconds that `work` takes. */
export async function timed(work: () => Promise<unknown>) {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}
