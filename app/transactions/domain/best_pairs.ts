/** Two that may belong together. */
export interface Pair {
  one: string | number
  other: string
  daysApart: number
  /** In percent. */
  similarity: number
}

/**
 * The best pairs in which nobody stands twice: the closest days first, then the
 * more similar, then by who they are. Whatever the order they come in, the
 * answer is the same.
 */
export function bestPairs<P extends Pair>(pairs: P[]): P[] {
  const taken = new Set<string | number>()
  return pairs.toSorted(byMerit).filter(({ one, other }) => {
    const isFree = !taken.has(one) && !taken.has(other)
    if (isFree) taken.add(one).add(other)
    return isFree
  })
}

function byMerit(a: Pair, b: Pair) {
  return (
    a.daysApart - b.daysApart ||
    b.similarity - a.similarity ||
    compare(a.other, b.other) ||
    compare(a.one, b.one)
  )
}

function compare(a: string | number, b: string | number) {
  return a < b ? -1 : a > b ? 1 : 0
}
