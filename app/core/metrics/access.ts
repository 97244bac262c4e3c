import { BlockList, isIPv4 } from 'node:net'
import { createHash, timingSafeEqual } from 'node:crypto'
import type { HttpRequest } from '@adonisjs/core/http'
import { bearerToken } from '#core/http/bearer_token'
import { Forbidden, Unauthenticated } from '#core/http/problem'

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-real-ip']

/**
 * Lets the bearer of the token read, or without a token whoever is on this
 * machine. A proxy on this machine forwards for the whole world: what it sends
 * comes from elsewhere.
 *
 * @throws Unauthenticated, Forbidden
 */
export function assertMayRead(request: HttpRequest, token?: string) {
  if (token !== undefined) {
    const given = bearerToken(request)
    if (given === '' || !equal(given, token)) throw new Unauthenticated()
    return
  }
  const address = request.request.socket.remoteAddress ?? ''
  const isForwarded = FORWARDED.some((name) => request.header(name) !== undefined)
  if (isForwarded || !isLoopback(address)) throw new Forbidden()
}

function isLoopback(address: string) {
  const plain = address.replace(/^::ffff:/, '')
  return plain !== '' && loopback.check(plain, isIPv4(plain) ? 'ipv4' : 'ipv6')
}

function equal(given: string, expected: string) {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(expected))
}
