import { BlockList, isIP } from 'node:net'

/**
 * IPv4 that leads to this machine, its network or nowhere: the special-purpose
 * registry (RFC 6890 and IANA since), multicast, and the one address of a cloud's
 * metadata that lies among public ones (Azure).
 *
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry
 */
const NOT_PUBLIC_4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '168.63.129.16/32',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
]

/**
 * All of IPv6 that is handed out to the public. Outside of it lie loopback, unique
 * local and link-local addresses, multicast, and those that hold an IPv4 address:
 * mapped, compatible and of NAT64 (RFC 4291, RFC 6052).
 *
 * @see https://www.iana.org/assignments/iana-ipv6-special-registry
 */
const GLOBAL_6 = ['2000::/3']

/** Of those: protocol assignments with Teredo, documentation, and 6to4. */
const NOT_PUBLIC_6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']

const notPublic4 = blockList('ipv4', NOT_PUBLIC_4)
const global6 = blockList('ipv6', GLOBAL_6)
const notPublic6 = blockList('ipv6', NOT_PUBLIC_6)

/**
 * Whether an address is one of the internet's, and of nothing nearer. IPv4 inside
 * of IPv6 is never: whoever means an IPv4 address can name it.
 */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !notPublic4.check(address, 'ipv4')
    case 6:
      return (
        !address.includes('%') &&
        global6.check(address, 'ipv6') &&
        !notPublic6.check(address, 'ipv6')
      )
    default:
      return false
  }
}

function blockList(family: 'ipv4' | 'ipv6', ranges: string[]) {
  const list = new BlockList()
  for (const range of ranges) {
    const [address, bits] = range.split('/')
    list.addSubnet(address, Number(bits), family)
  }
  return list
}
