import { isIPv6 } from 'node:net'
import { clientNetwork, plainAddress } from '#core/http/network/addresses'

/** Where a session was opened, and with what. */
export interface Origin {
  ip: string | null
  userAgent: string | null
}

/** Browsers that name others too come first. */
const BROWSERS: [RegExp, string][] = [
  [/\bEdgA?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bChrome\/|\bCriOS\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]
const SYSTEMS: [RegExp, string][] = [
  [/\bAndroid\b/, 'Android'],
  [/\biPad\b/, 'an iPad'],
  [/\biPhone\b/, 'an iPhone'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b|\bMacintosh\b/, 'a Mac'],
  [/\bCrOS\b/, 'a Chromebook'],
  [/\bLinux\b/, 'Linux'],
]

/** A device in words that outlive its updates: `Firefox on Linux`. */
export function deviceOf(userAgent: string | null): string {
  if (!userAgent?.trim()) return 'An unknown device'

  const browser = named(BROWSERS, userAgent)
  const system = named(SYSTEMS, userAgent)
  if (browser && system) return `${browser} on ${system}`
  return browser ?? programOf(userAgent)
}

/** A session, and when. */
export interface SignIn extends Origin {
  at: Date
}

/** Whoever has just registered signs in for the first time (milliseconds). */
const REGISTRATION = 60 * 60 * 1_000

/**
 * Whether a session comes from a device or a network that no earlier one of the user's
 * came from. Ended sessions are forgotten, so that none is known is no sign of the first:
 * that is one within an hour of the registration.
 */
export function isSurprising(session: SignIn, earlier: Origin[], registeredAt: Date): boolean {
  if (earlier.length === 0) {
    return session.at.getTime() - registeredAt.getTime() > REGISTRATION
  }
  const device = deviceOf(session.userAgent)
  const network = networkOf(session.ip)
  return (
    !earlier.some(({ userAgent }) => deviceOf(userAgent) === device) ||
    !earlier.some(({ ip }) => networkOf(ip) === network)
  )
}

/** What a provider gives out as one: a /24 of IPv4, a /64 of IPv6. */
function networkOf(ip: string | null) {
  if (ip === null) return null
  const plain = plainAddress(ip)
  return isIPv6(plain) ? clientNetwork(plain) : plain.slice(0, plain.lastIndexOf('.'))
}

function named(table: [RegExp, string][], userAgent: string) {
  return table.find(([pattern]) => pattern.test(userAgent))?.[1]
}

/** The name of a program that is no browser, without its version: `curl`. */
function programOf(userAgent: string) {
  return userAgent.replaceAll(/[^\w .()-].*$/gs, '').slice(0, 60) || 'An unknown device'
}
