import type { LookupAddress } from 'node:dns'
import * as http from 'node:http'
import * as https from 'node:https'
import type { LookupFunction } from 'node:net'
import { Names } from '#core/http/network/names'
import { mayCall, urlFault, type OutboundRules } from '#core/http/network/outbound_rules'

/** Why there is no answer. */
export type OutboundFault =
  'url' | 'address' | 'dns' | 'connection' | 'tls' | 'timeout' | 'redirects'

export class OutboundFailure extends Error {
  constructor(
    readonly fault: OutboundFault,
    cause?: unknown
  ) {
    super(`the call failed: ${fault}`, { cause })
  }
}

interface Post {
  headers: Record<string, string>
  body: string
  /** Milliseconds for all of it: names, redirects, the head of the answer. */
  timeout: number
}

type Resolve = (host: string, signal: AbortSignal) => Promise<LookupAddress[]>

/** Those that ask for the same request elsewhere; 303 and the rest are answers. */
const REDIRECTS = new Set([301, 302, 307, 308])
const MOST_REDIRECTS = 3

/**
 * What is read of an answer's body, in bytes and for so many milliseconds. Nobody looks
 * at it, and nobody waits for it: it lets the other side finish.
 */
const MOST_READ = 64 * 1_024
const LONGEST_READ = 500

const TLS = /^(?:ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|HOSTNAME_|EPROTO$)/

const names = new Names()

/**
 * Calls addresses that users name, and nothing but what `OutboundRules` allow. The
 * addresses of a name are checked when they are handed to the very connection that
 * was going to ask for them, so no second answer of a name server slips in between
 * (DNS rebinding); each redirect is a new call. Connections are not kept.
 */
export class OutboundClient {
  constructor(
    private rules: OutboundRules,
    private resolve: Resolve = (host, signal) => names.addressesOf(host, signal)
  ) {}

  /**
   * @returns the status of the last answer, as soon as its head is there
   * @throws OutboundFailure
   */
  async post(address: string, { timeout, ...message }: Post): Promise<number> {
    const signal = AbortSignal.timeout(timeout)
    let target = address
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      const { status, location } = await this.#ask(target, message, signal)
      if (!REDIRECTS.has(status) || location === undefined) return status
      if (!URL.canParse(location, target)) throw new OutboundFailure('url')
      target = new URL(location, target).href
    }
    throw new OutboundFailure('redirects')
  }

  async #ask(target: string, message: Omit<Post, 'timeout'>, signal: AbortSignal) {
    const fault = urlFault(target, this.rules)
    if (fault) throw new OutboundFailure(fault === 'address' ? 'address' : 'url')

    try {
      const response = await this.#send(new URL(target), message, signal)
      dismiss(response)
      return { status: response.statusCode!, location: response.headers.location }
    } catch (error) {
      throw signal.aborted ? new OutboundFailure('timeout', error) : failureOf(error)
    }
  }

  #send(url: URL, { headers, body }: Omit<Post, 'timeout'>, signal: AbortSignal) {
    const { request } = url.protocol === 'https:' ? https : http
    const length = { 'content-length': String(Buffer.byteLength(body)) }
    const { promise, resolve, reject } = Promise.withResolvers<http.IncomingMessage>()
    request(url, {
      method: 'POST',
      headers: { ...headers, ...length },
      agent: false,
      lookup: this.#lookUpUnder(signal),
      signal,
    })
      .on('response', resolve)
      .on('error', reject)
      .end(body)
    return promise
  }

  #lookUpUnder(signal: AbortSignal): LookupFunction {
    return (host, options, answer) => {
      this.resolve(host, signal).then(
        (addresses) => {
          const isRefused = addresses.some(({ address }) => !mayCall(address, this.rules))
          if (isRefused || addresses.length === 0) answer(new OutboundFailure('address'), [])
          else if (options.all) answer(null, addresses)
          else answer(null, addresses[0].address, addresses[0].family)
        },
        (error) => answer(new OutboundFailure('dns', error), [])
      )
    }
  }
}

/** The status stands, whatever becomes of the body. */
function dismiss(response: http.IncomingMessage) {
  const impatience = setTimeout(() => response.destroy(), LONGEST_READ)
  let read = 0
  response
    .on('data', (chunk: Buffer) => {
      read += chunk.length
      if (read > MOST_READ) response.destroy()
    })
    .on('error', () => {})
    .on('close', () => clearTimeout(impatience))
}

function failureOf(error: unknown): OutboundFailure {
  if (error instanceof OutboundFailure) return error
  const code = String((error as NodeJS.ErrnoException).code)
  return new OutboundFailure(TLS.test(code) ? 'tls' : 'connection', error)
}
