import { defineConfig, drivers, store } from '@adonisjs/cache'

/**
 * What all processes remember together, in Redis. Only core/database/ledger_cache
 * uses it, with keys that carry the version of the ledger, and keeps what it found
 * here in the process's own memory: no bus is needed to keep several coherent. A
 * Redis that fails is left alone for five seconds; reads go to Postgres meanwhile.
 */
const cacheConfig = defineConfig({
  default: 'shared',
  ttl: '60s',
  prefix: 'finora:cache',
  suppressL2Errors: true,
  l2CircuitBreakerDuration: '5s',
  stores: {
    shared: store().useL2Layer(drivers.redis({ connectionName: 'main' })),
  },
})

export default cacheConfig

declare module '@adonisjs/cache/types' {
  interface CacheStores extends InferStores<typeof cacheConfig> {}
}
