import { BlockList, isIP, isIPv6 } from 'node:net'

/**
 * Reads a list of addresses and ranges, `10.0.0.1, 192.168.0.0/16, fd00::/8`, and
 * answers whether an address is among them. An empty list holds nothing, not even
 * loopback.
 *
 * @param setting names the setting in what it throws
 */
export function addressList(setting: string, text: string): (address: string) => boolean {
  const entries = listed(text)
  if (entries.length === 0) return () => false

  const known = new BlockList()
  for (const entry of entries) add(entry, known, setting)
  return (address) => {
    const plain = plainAddress(address)
    return isIP(plain) !== 0 && known.check(plain, familyOf(plain))
  }
}

/** The entries of a setting that are separated by commas. */
export function listed(text: string): string[] {
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean)
}

/**
 * The address alone. `::ffff:192.0.2.1` is an IPv4 client of a socket that speaks both
 * (RFC 4291, 2.5.5.2); in `fe80::1%eth0` the zone is this machine's (RFC 4007, 11.2).
 */
export function plainAddress(address: string): string {
  if (!address.includes(':')) return address
  return address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')
}

/**
 * What counts as one client. A household or a rented server has at least a /64 of
 * IPv6 and can change its address at will inside of it (RFC 6177), so that is one.
 */
export function clientNetwork(address: string): string {
  const plain = plainAddress(address)
  if (!plain.includes(':') || !isIPv6(plain)) return plain

  const [head, tail] = plain.toLowerCase().split('::')
  const front = head ? head.split(':') : []
  if (tail !== undefined) {
    const back = tail ? tail.split(':') : []
    const embedded = back.at(-1)?.includes('.') ? 1 : 0
    while (front.length + back.length + embedded < 8) front.push('0')
    front.push(...back)
  }
  const prefix = front.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, ''))
  return `${prefix.join(':')}::/64`
}

function add(entry: string, known: BlockList, setting: string) {
  const [address, bits, ...rest] = entry.split('/')
  const most = isIPv6(address) ? 128 : 32
  const isRange = bits !== undefined
  const isSane = /^\d{1,3}$/.test(bits ?? '0') && Number(bits ?? 0) <= most && rest.length === 0
  if (isIP(address) === 0 || !isSane) {
    throw new Error(
      `${setting} must be addresses or ranges such as 10.0.0.1 or 10.0.0.0/8, separated by commas; "${entry}" is neither`
    )
  }
  if (isRange) known.addSubnet(address, Number(bits), familyOf(address))
  else known.addAddress(address, familyOf(address))
}

function familyOf(address: string) {
  return isIPv6(address) ? 'ipv6' : 'ipv4'
}
