/** Points from which a level begins: 0, 100, 300, 600, 1,000, … each step 100 longer. */
export function pointsOf(level: number): number {
  return 50 * level * (level - 1)
}

/**
 * The level that points have reached: the largest n with 50·n·(n − 1) ≤ points.
 */
export function levelOf(points: number): { number: number; from: number; next: number } {
  let number = Math.max(1, Math.floor((1 + Math.sqrt(1 + points / 12.5)) / 2))
  while (pointsOf(number) > points && number > 1) number--
  while (pointsOf(number + 1) <= points) number++
  return { number, from: pointsOf(number), next: pointsOf(number + 1) }
}
