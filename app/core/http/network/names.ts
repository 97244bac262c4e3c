import type { LookupAddress } from 'node:dns'
import { lookup, Resolver } from 'node:dns/promises'
import { readFile } from 'node:fs/promises'

interface Sources {
  /** Name servers, `address:port`; those of this machine without. */
  servers?: string[]
  /** The file of names that this machine knows by itself (hosts(5)). */
  hosts?: string
}

/** Milliseconds that a name server has for a question at first, and how often it is asked. */
const PATIENCE = { timeout: 1_500, tries: 2 }

/**
 * Looks up names that strangers choose. `dns.lookup` waits for their name servers in
 * one of four threads that files, passwords and all other look-ups need too, and
 * can't be stopped (libuv's pool), so it is asked only about what this machine knows
 * by itself: names of `/etc/hosts`, and names without a dot. Search domains are left
 * out for all others.
 */
export class Names {
  readonly #servers?: string[]
  readonly #hosts: string

  constructor({ servers, hosts = '/etc/hosts' }: Sources = {}) {
    this.#servers = servers
    this.#hosts = hosts
  }

  /** Every address of a name, those of IPv4 first. Throws what the name servers say. */
  async addressesOf(name: string, signal: AbortSignal): Promise<LookupAddress[]> {
    const plain = name.replace(/\.$/, '').toLowerCase()
    if (!plain.includes('.') || (await this.#isOwn(plain))) return lookup(plain, { all: true })
    return this.#ask(plain, signal)
  }

  async #ask(name: string, signal: AbortSignal) {
    signal.throwIfAborted()
    const resolver = new Resolver(PATIENCE)
    if (this.#servers) resolver.setServers(this.#servers)
    const cancel = () => resolver.cancel()
    signal.addEventListener('abort', cancel, { once: true })
    try {
      return addressesIn(
        await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)])
      )
    } finally {
      signal.removeEventListener('abort', cancel)
    }
  }

  async #isOwn(name: string) {
    const text = await readFile(this.#hosts, 'utf8').catch(() => '')
    return text.split('\n').some((line) => {
      const [, ...known] = line.replace(/#.*/, '').trim().toLowerCase().split(/\s+/)
      return known.includes(name)
    })
  }
}

/** A name that has addresses of one family only is fine; without any it says why. */
function addressesIn(answers: PromiseSettledResult<string[]>[]): LookupAddress[] {
  const [reason] = answers.flatMap((answer) => (answer.status === 'rejected' ? answer.reason : []))
  const found = answers.flatMap((answer, position) =>
    answer.status === 'rejected'
      ? []
      : answer.value.map((address) => ({ address, family: position === 0 ? 4 : 6 }))
  )
  if (found.length === 0 && reason) throw reason
  return found
}
