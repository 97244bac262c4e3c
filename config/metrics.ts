import env from '#start/env'

/** What `/metrics` asks for as bearer token; without one, only this machine may read. */
export const metricsToken = env.get('METRICS_TOKEN')
