import { execFile } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import app from '@adonisjs/core/services/app'
import type * as Client from '../../clients/typescript/src/index.ts'
import { PASSWORD } from '#tests/support/household'
import { serverAddress } from '#tests/support/raw_http'
import type User from '#users/models/user'

export type { Client }

const run = promisify(execFile)
const OUTPUT = app.makePath('tmp/typescript-client')

let built: Promise<typeof Client> | undefined

/** The client as it would be published, compiled once for all tests. */
export function typescriptClient() {
  built ??= build()
  return built
}

async function build() {
  await rm(OUTPUT, { recursive: true, force: true })
  await compile(OUTPUT)
  const entry = pathToFileURL(`${OUTPUT}/index.js`)
  return (await import(entry.href)) as typeof Client
}

export async function compile(output: string) {
  const compiler = app.makePath('node_modules/typescript/bin/tsc')
  const project = app.makePath('clients/typescript')
  await run(process.execPath, [compiler, '-p', project, '--outDir', output])
}

/** A client of the server under test, and the requests it makes. */
export async function connect(options: Partial<Client.FinoraOptions> = {}) {
  const client = await typescriptClient()
  const { port } = serverAddress()
  const requests: Request[] = []
  const send = options.fetch ?? ((request: Request) => fetch(request))
  const finora = new client.Finora({
    baseUrl: `http://127.0.0.1:${port}`,
    patience: { pause: 10, ...options.patience },
    ...options,
    fetch: (request) => {
      requests.push(request)
      return send(request)
    },
  })
  const made = (what: string) =>
    requests.filter(({ method, url }) => `${method} ${new URL(url).pathname}` === what)
  return { client, finora, requests, made }
}

export function credentials({ email }: User) {
  return { email, password: PASSWORD }
}
