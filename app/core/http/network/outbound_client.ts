import { lookup, type LookupAddress, type LookupOptions } from 'node:dns'
import * as http from 'node:http'
import * as https from 'node:https'
import type { LookupFunction } from 'node:net'
import { promisify } from 'node:util'
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
  /** Milliseconds for all of it: names, redirects, the answer. */
  timeout: number
}

type Resolve = (host: string, options: LookupOptions & { all: true }) => Promise<LookupAddress[]>

/** Those that ask for the same request elsewhere; 303 and the rest are answers. */
const REDIRECTS = new Set([301, 302, 307, 308])
const MOST_REDIRECTS = 3

/** What is read of an answer, in bytes. Nobody looks at it: it lets the other side finish. */
const MOST_READ = 64 * 1_024

const DNS = new Set(['ENOTFOUND', 'ENODATA', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA'])
const TLS = /^(?:ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|HOSTNAME_|EPROTO$)/

/**
 * Calls addresses that users name, and nothing but what `OutboundRules` allow. The
 * addresses of a name are checked when they are handed to the very connection that
 * was going to ask for them, so no second answer of a name server slips in between
 * (DNS rebinding); each redirect is a new call. Connections are not kept.
 */
export class OutboundClient {
  constructor(
    private rules: OutboundRules,
    private resolve: Resolve = promisify(lookup) as Resolve
  ) {}

  /**
   * @returns the status of the last answer
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
      await readSome(response)
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
      lookup: this.#lookUp,
      signal,
    })
      .on('response', resolve)
      .on('error', reject)
      .end(body)
    return promise
  }

  readonly #lookUp: LookupFunction = (host, options, answer) => {
    this.resolve(host, { ...options, all: true }).then(
      (addresses) => {
        const isRefused = addresses.some(({ address }) => !mayCall(address, this.rules))
        if (isRefused || addresses.length === 0) answer(new OutboundFailure('address'), [])
        else if (options.all) answer(null, addresses)
        else answer(null, addresses[0].address, addresses[0].family)
      },
      (error) => answer(error, [])
    )
  }
}

/** The status stands, whatever becomes of the body. */
async function readSome(response: http.IncomingMessage) {
  const { promise, resolve } = Promise.withResolvers<void>()
  let read = 0
  response.on('data', (chunk: Buffer) => {
    read += chunk.length
    if (read > MOST_READ) response.destroy()
  })
  response.on('error', () => {}).on('close', resolve)
  return promise
}

function failureOf(error: unknown): OutboundFailure {
  if (error instanceof OutboundFailure) return error
  const code = String((error as NodeJS.ErrnoException).code)
  const fault = DNS.has(code) ? 'dns' : TLS.test(code) ? 'tls' : 'connection'
  return new OutboundFailure(fault, error)
}
