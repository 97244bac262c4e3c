import { setTimeout as sleep } from 'node:timers/promises'
import { PASSWORD, newcomer } from '#tests/support/household'
import type { Tokens } from '#tests/support/sign_in'

const PAUSE = 20

/**
 * Clients that use the API without end: each reads as whoever it signed in as,
 * refreshes now and then, and goes to another server with every request.
 */
export class Load {
  readonly problems: string[] = []
  #servers: string[]
  #requests = 0
  #isOver = false
  #clients: Promise<void>[] = []

  constructor(servers: string[]) {
    this.#servers = servers
  }

  get requests() {
    return this.#requests
  }

  /** Which servers the balancer sends requests to, from now on. */
  set servers(urls: string[]) {
    this.#servers = urls
  }

  async start(clients: number) {
    const users = await Promise.all(Array.from({ length: clients }, () => newcomer()))
    this.#clients = users.map(({ email }) => this.#use(email))
  }

  async stop() {
    this.#isOver = true
    await Promise.all(this.#clients)
  }

  async #use(email: string) {
    let tokens: Tokens = await this.#post('login', { email, password: PASSWORD })
    for (let turn = 1; !this.#isOver; turn++) {
      await this.#get(tokens)
      if (turn % 10 === 0) tokens = await this.#refresh(tokens)
      await sleep(PAUSE)
    }
  }

  #get({ accessToken }: Tokens) {
    return this.#ask('/api/v1/users/me', { headers: { authorization: `Bearer ${accessToken}` } })
  }

  #refresh({ refreshToken }: Tokens): Promise<Tokens> {
    return this.#post('refresh', { refreshToken })
  }

  #post(path: string, body: object) {
    return this.#ask(`/api/v1/auth/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  }

  async #ask(path: string, init: RequestInit) {
    const server = this.#servers[this.#requests++ % this.#servers.length]
    const response = await fetch(server + path, init)
    const text = await response.text()
    if (!response.ok) this.problems.push(`${init.method ?? 'GET'} ${path}: ${text}`)
    return JSON.parse(text)
  }
}
