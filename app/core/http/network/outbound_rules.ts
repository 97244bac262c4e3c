import { isIP } from 'node:net'
import { listed } from '#core/http/network/addresses'
import { isPublicAddress } from '#core/http/network/public_addresses'

/** Where Finora calls when a user says where. */
export interface OutboundRules {
  /** Whether `http:` will do too; `https:` always does. */
  allowsHttp: boolean

  allowsPort: (port: number) => boolean

  /** Addresses that are called although they are not public: the operator's own. */
  allowsAddress: (address: string) => boolean

  /** Addresses that are never called, whatever else is said. */
  forbidsAddress: (address: string) => boolean
}

/** What is wrong with an address that Finora is told to call. */
export type UrlFault = 'malformed' | 'scheme' | 'credentials' | 'port' | 'address'

const DEFAULT_PORTS: Record<string, number> = { 'http:': 80, 'https:': 443 }

/**
 * What speaks against a URL before its name is looked up. Hosts are judged as the
 * URL standard reads them: `0x7f.1`, `2130706433` and `①②⑦.0.0.1` are 127.0.0.1.
 */
export function urlFault(text: string, rules: OutboundRules): UrlFault | undefined {
  if (/[\s\p{Cc}]/u.test(text) || !URL.canParse(text)) return 'malformed'

  const url = new URL(text)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && rules.allowsHttp)) return 'scheme'
  if (url.username !== '' || url.password !== '') return 'credentials'
  if (!rules.allowsPort(Number(url.port || DEFAULT_PORTS[url.protocol]))) return 'port'

  const host = url.hostname.replace(/^\[|\]$/g, '')
  return isIP(host) !== 0 && !mayCall(host, rules) ? 'address' : undefined
}

/** Whether Finora connects to this address. */
export function mayCall(address: string, rules: OutboundRules): boolean {
  if (rules.forbidsAddress(address)) return false
  return isPublicAddress(address) || rules.allowsAddress(address)
}

/**
 * Reads a list of ports and ranges, `443, 8000-8999`.
 *
 * @param setting names the setting in what it throws
 */
export function portList(setting: string, text: string): (port: number) => boolean {
  const ranges = listed(text).map((entry) => {
    const [, first, last = first] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(entry) ?? []
    const range = { first: Number(first), last: Number(last) }
    if (first === undefined || range.first < 1 || range.last > 65_535 || range.first > range.last) {
      throw new Error(
        `${setting} must be ports or ranges such as 443 or 8000-8999, separated by commas; "${entry}" is neither`
      )
    }
    return range
  })
  return (port) => ranges.some(({ first, last }) => port >= first && port <= last)
}
