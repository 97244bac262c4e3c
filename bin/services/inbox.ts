/*
| The local inbox: every mail Finora sends ends here, in memory, and can be read
| in a browser (`/`), by a program (`/messages.json`) and in its raw parts.
*/
import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { simpleParser, type AddressObject } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import { listPage, messagePage } from './inbox_pages.ts'
import { freePort } from './ports.ts'
import type { Session } from './session.ts'
import type { Memory } from './settings.ts'

export interface Message {
  id: string
  from: string
  to: string[]
  subject: string
  receivedAt: string
  text: string
  html: string | null
}

const MOST_MESSAGES = 200
const MOST_BYTES = 5 * 1024 * 1024

function addresses(field: AddressObject | AddressObject[] | undefined) {
  return [field ?? []].flat().map((address) => address.text)
}

/** Starts the SMTP server and the web page on loopback; nothing leaves the machine. */
export async function startInbox(session: Session, memory: Memory) {
  const messages: Message[] = []

  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    size: MOST_BYTES,
    disableReverseLookup: true,
    onData(stream, _envelope, done) {
      simpleParser(stream).then((mail) => {
        messages.unshift({
          id: randomUUID(),
          from: mail.from?.text ?? '',
          to: addresses(mail.to),
          subject: mail.subject ?? '',
          receivedAt: new Date().toISOString(),
          text: mail.text ?? '',
          html: mail.html || null,
        })
        messages.splice(MOST_MESSAGES)
        done()
      }, done)
    },
  })
  smtp.on('error', () => {})
  const web = createServer((request, response) => answer(request, response, messages))

  memory.ports.smtp = await freePort(memory.ports.smtp)
  memory.ports.inbox = await freePort(memory.ports.inbox)
  await new Promise<void>((resolve) => smtp.listen(memory.ports.smtp, '127.0.0.1', resolve))
  await new Promise<void>((resolve) => web.listen(memory.ports.inbox, '127.0.0.1', resolve))

  session.defer('inbox', async () => {
    web.closeAllConnections()
    web.close()
    await Promise.race([
      new Promise<void>((resolve) => smtp.close(() => resolve())),
      new Promise<void>((resolve) => setTimeout(resolve, 1_000).unref()),
    ])
  })
  return {
    smtp: { host: '127.0.0.1', port: memory.ports.smtp },
    url: `http://localhost:${memory.ports.inbox}`,
  }
}

/** A web site elsewhere must not read the mails through a name of its own that points here. */
const OWN_NAMES = /^(localhost|127\.0\.0\.1)(:\d+)?$/

/** A mail runs no script and loads nothing. */
const MAIL_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"
const PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'"

function answer(request: IncomingMessage, response: ServerResponse, messages: Message[]) {
  const reply = (status: number, type: string, body: string, policy = PAGE_POLICY) => {
    response.writeHead(status, {
      'Content-Type': `${type}; charset=utf-8`,
      'Content-Security-Policy': policy,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    })
    response.end(body)
  }

  if (!OWN_NAMES.test(request.headers.host ?? '')) {
    return reply(403, 'text/plain', 'This inbox answers to localhost only.')
  }
  const path = (request.url ?? '/').split('?')[0]
  if (path === '/') {
    return reply(200, 'text/html', listPage(messages))
  }
  if (path === '/messages.json') {
    return reply(200, 'application/json', JSON.stringify(messages))
  }

  const [, id, part = ''] = /^\/messages\/([0-9a-f-]{36})(\.html|\.txt|\.json)?$/.exec(path) ?? []
  const message = messages.find((candidate) => candidate.id === id)
  if (!message) {
    return reply(404, 'text/plain', 'No such message.')
  }
  switch (part) {
    case '.json':
      return reply(200, 'application/json', JSON.stringify(message))
    case '.txt':
      return reply(200, 'text/plain', message.text)
    case '.html':
      return reply(200, 'text/html', message.html ?? '', MAIL_POLICY)
    default:
      return reply(200, 'text/html', messagePage(message))
  }
}
