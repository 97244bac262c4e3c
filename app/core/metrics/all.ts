/** Every metric there is; loaded by processes that answer requests. */
import '#core/metrics/requests'
import '#core/metrics/connections'
import '#core/metrics/redis_operations'
import '#core/metrics/cache'
import '#core/metrics/jobs'
import '#core/metrics/secrets_age'
