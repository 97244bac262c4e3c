import { defineConfig, drivers, store } from '@adonisjs/cache'

/**
 * Memory in front of Redis, kept coherent over Redis' bus. Only classes in
 * `queries/` use it. A Redis that does not answer within 200 ms counts as gone:
 * the read goes to Postgres.
 */
const cacheConfig = defineConfig({
  default: 'layered',
  ttl: '60s',
  prefix: 'finora:cache',
  stores: {
    layered: store()
      .useL1Layer(drivers.memory({ maxSize: '32mb', maxItems: 20_000 }))
      .useL2Layer(drivers.redis({ connectionName: 'main' }))
      .useBus(drivers.redisBus({ connectionName: 'main' })),
  },
})

export default cacheConfig

declare module '@adonisjs/cache/types' {
  interface CacheStores extends InferStores<typeof cacheConfig> {}
}
