import { defineConfig, drivers, store } from '@adonisjs/cache'

/**
 * Memory in front of Redis. Only classes in `queries/` use it, with keys that
 * carry the version of the ledger (core/database/ledger_cache), so no bus is
 * needed to keep the memories of several processes coherent. A Redis that fails
 * is left alone for five seconds; reads go to Postgres meanwhile.
 */
const cacheConfig = defineConfig({
  default: 'layered',
  ttl: '60s',
  prefix: 'finora:cache',
  suppressL2Errors: true,
  l2CircuitBreakerDuration: '5s',
  stores: {
    layered: store()
      .useL1Layer(drivers.memory({ maxSize: '32mb', maxItems: 20_000 }))
      .useL2Layer(drivers.redis({ connectionName: 'main' })),
  },
})

export default cacheConfig

declare module '@adonisjs/cache/types' {
  interface CacheStores extends InferStores<typeof cacheConfig> {}
}
