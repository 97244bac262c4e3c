import { setTimeout as sleep } from 'node:timers/promises'

/** Asks until the answer is truthy, and gives it; throws after `within` milliseconds. */
export async function eventually<T>(ask: () => T | Promise<T>, within = 5_000): Promise<T> {
  const deadline = Date.now() + within
  for (;;) {
    const answer = await ask()
    if (answer) return answer
    if (Date.now() > deadline) throw new Error(`not within ${within} ms: ${ask}`)
    await sleep(50)
  }
}
