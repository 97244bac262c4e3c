/** So many requests in so many seconds. */
export interface Rate {
  requests: number
  seconds: number
}

const PERIODS: Record<string, number> = { second: 1, minute: 60, hour: 3_600, day: 86_400 }

/**
 * Reads `20/hour`.
 *
 * @param setting names the setting in what it throws
 */
export function rate(setting: string, text: string): Rate {
  const [, requests, period] = /^([1-9]\d{0,9})\/(second|minute|hour|day)$/.exec(text) ?? []
  if (requests === undefined) {
    throw new Error(
      `${setting} must be a number of requests and a period, such as 20/hour (second, minute, hour or day), and is "${text}"`
    )
  }
  return { requests: Number(requests), seconds: PERIODS[period] }
}
