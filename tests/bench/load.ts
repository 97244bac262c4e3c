import autocannon from 'autocannon'
import { percentile } from '#tests/bench/measure'

/** Requests a second, and the milliseconds that half of them took at most. */
export interface Throughput {
  rate: number
  p50: number
}

interface Load {
  connections: number
  seconds: number
  token?: string
  /** Gives the path of each request, where they differ. */
  nextPath?: () => string
  body?: object
}

/** Sends requests for some seconds over so many connections; all of them must succeed. */
export async function load(url: string, options: Load): Promise<Throughput> {
  const { connections, seconds, token, nextPath, body } = options
  const times: number[] = []
  const { non2xx, errors, duration } = await new Promise<autocannon.Result>((resolve, reject) => {
    const settings: autocannon.Options = {
      url,
      connections,
      duration: seconds,
      method: body ? 'POST' : 'GET',
      body: body && JSON.stringify(body),
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(nextPath && {
        requests: [{ setupRequest: (request) => ({ ...request, path: nextPath() }) }],
      }),
    }
    autocannon(settings, (error, result) => (error ? reject(error) : resolve(result))).on(
      'response',
      (_client, _status, _bytes, time) => times.push(time)
    )
  })
  if (non2xx + errors > 0) throw new Error(`${url}: ${non2xx} refused, ${errors} failed`)
  return { rate: times.length / duration, p50: percentile(times, 0.5) }
}

/** The same for anything else that answers: so many callers, each waiting for its answer. */
export async function callRepeatedly(
  callers: (() => Promise<unknown>)[],
  seconds: number
): Promise<Throughput> {
  const times: number[] = []
  const startedAt = performance.now()
  const deadline = startedAt + seconds * 1000
  await Promise.all(
    callers.map(async (call) => {
      for (let now = performance.now(); now < deadline;) {
        await call()
        const after = performance.now()
        times.push(after - now)
        now = after
      }
    })
  )
  return {
    rate: times.length / ((performance.now() - startedAt) / 1000),
    p50: percentile(times, 0.5),
  }
}
