/** The queues of Finora, each with its own workers and its own dead letters. */
export const queueNames = [
  'email',
  'csv-import',
  'price-update',
  'gamification',
  'notifications',
  'files',
] as const

export type QueueName = (typeof queueNames)[number]

/** Where a queue's jobs end after their last attempt. No worker reads it. */
export function deadLetterQueue(queue: QueueName) {
  return `${queue}-dead` as const
}
