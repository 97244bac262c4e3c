import { listed } from '#core/http/network/addresses'

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']
const NAME = /^(?:\[[0-9a-f:.]+\]|[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?)$/

/**
 * The names under which Finora answers: that of `APP_URL` and further ones. Where
 * `APP_URL` is this very machine, as in development, each name of loopback is.
 * Ports don't matter: a port can be mapped, and no page chooses one for another.
 *
 * @param setting names the setting in what it throws
 */
export function hostList(appUrl: string, setting: string, text: string): Set<string> {
  const { hostname } = new URL(appUrl)
  const further = listed(text).map((name) => name.toLowerCase())
  const wrong = further.find((name) => !NAME.test(name))
  if (wrong !== undefined) {
    throw new Error(
      `${setting} must be host names without a port, separated by commas; "${wrong}" is none`
    )
  }
  return new Set([hostname, ...further, ...(LOOPBACK.includes(hostname) ? LOOPBACK : [])])
}
