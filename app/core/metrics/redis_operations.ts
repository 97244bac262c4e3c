import { Counter } from 'prom-client'
import redis from '@adonisjs/redis/services/main'
import { registry } from '#core/metrics/registry'

const operations = new Counter({
  name: 'redis_operations',
  help: 'Commands sent to Redis by cache, limits and live events; queues have their own connections.',
  labelNames: ['command'],
  registers: [registry],
})

const counters = new Map<string, Counter.Internal>()

/** Our own code names the commands, so there are few. */
function count(command: string) {
  let counter = counters.get(command)
  if (!counter) {
    counter = operations.labels({ command })
    counters.set(command, counter)
  }
  counter.inc()
}

type Connection = Parameters<Parameters<typeof redis.on<'connection'>>[1]>[0]

function watch({ ioConnection }: Connection) {
  const send = ioConnection.sendCommand.bind(ioConnection) as (...given: unknown[]) => unknown
  ioConnection.sendCommand = ((command: { name: string }, ...rest: unknown[]) => {
    count(command.name)
    return send(command, ...rest)
  }) as typeof ioConnection.sendCommand
}

Object.values(redis.activeConnections).forEach((connection) => watch(connection as Connection))
redis.on('connection', (connection) => watch(connection))
