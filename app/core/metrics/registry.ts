import { collectDefaultMetrics, Registry } from 'prom-client'

/** Everything this process measures. */
export const registry = new Registry()

collectDefaultMetrics({ register: registry })
