import { defineConfig, stores } from '@adonisjs/limiter'

/**
 * Where processes count together. Without Redis each counts alone, in
 * core/http/limits; what is allowed is in config/limits.
 */
const limiterConfig = defineConfig({
  default: 'redis',
  stores: {
    redis: stores.redis({
      connectionName: 'main',
      keyPrefix: 'finora:limit',
      rejectIfRedisNotReady: true,
    }),
  },
})

export default limiterConfig

declare module '@adonisjs/limiter/types' {
  export interface LimitersList extends InferLimiters<typeof limiterConfig> {}
}
