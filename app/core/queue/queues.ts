/** The queues of Finora, each with its own workers and its own dead letters. */
export const queueNames = [
  'email',
  'csv-import',
  'price-update',
  'gamification',
  'notifications',
  'webhooks',
  'files',
] as const

export type QueueName = (typeof queueNames)[number]

/** Where a queue's jobs end after their last attempt. No worker reads it. */
export function deadLetterQueue(queue: QueueName) {
  return `${queue}-dead` as const
}

export function isQueueName(name: string): name is QueueName {
  return (queueNames as readonly string[]).includes(name)
}

/** A queue was named that doesn't exist; says which do. */
export class UnknownQueue extends Error {
  constructor(name: string) {
    super(`there is no queue "${name}": they are ${queueNames.join(', ')}`)
  }
}

/** The queue of this name. Throws `UnknownQueue`. */
export function queueNamed(name: string): QueueName {
  if (!isQueueName(name)) throw new UnknownQueue(name)
  return name
}
