import { AsyncLocalStorage } from 'node:async_hooks'

/** The job that what is running now is part of: what it does once is known by its id. */
export const runningJob = new AsyncLocalStorage<{ id: string; name: string }>()
