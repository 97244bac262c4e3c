import { Counter, Gauge } from 'prom-client'
import { registry } from '#core/metrics/registry'

const answers = new Counter({
  name: 'cache_answers_total',
  help: 'Questions to the cache, by whether it had the answer.',
  labelNames: ['result'],
  registers: [registry],
})
const hits = answers.labels({ result: 'hit' })
const misses = answers.labels({ result: 'miss' })

let hit = 0
let missed = 0

/** @param isHit whether the cache had the answer */
export function countAnswer(isHit: boolean) {
  if (isHit) hit++
  else missed++
  ;(isHit ? hits : misses).inc()
}

new Gauge({
  name: 'cache_hit_rate',
  help: 'Share of questions the cache had the answer to since the last scrape, 0 to 1.',
  registers: [registry],

  /** Absent when nobody asked. */
  collect() {
    this.remove()
    if (hit + missed > 0) this.set(hit / (hit + missed))
    hit = missed = 0
  },
})
