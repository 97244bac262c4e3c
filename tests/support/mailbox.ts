import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import app from '@adonisjs/core/services/app'
import emitter from '@adonisjs/core/services/emitter'
import { defineConfig, Mailer, MailManager, transports } from '@adonisjs/mail'
import type { Group } from '@japa/runner/core'
import { simpleParser, type ParsedMail } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import { eventually } from '#tests/support/eventually'
import { QueueFixture } from '#tests/support/queues'

/** One mail as it went over the wire, and what a program makes of it. */
export interface Letter {
  to: string[]
  raw: string
  mail: ParsedMail
}

/** A mail server that is there or not, and a worker that sends to it. */
export class Mailbox {
  readonly letters: Letter[] = []

  /** How often somebody came with a mail, taken or not. */
  visits = 0

  /** What is answered to a recipient, or to a mail, instead of 250. */
  refusal?: { to: 'RCPT' | 'DATA'; code: number }

  /** Called when a mail is taken, before the sender hears of it. */
  onTaken?: () => Promise<void>

  /** It takes mails, and hangs up instead of saying so. */
  hangsUp = false

  #server?: SMTPServer
  #port = 0

  static setup(group: Group): { queue: () => QueueFixture; mailbox: () => Mailbox } {
    const queue = QueueFixture.setup(group)
    let mailbox: Mailbox
    group.each.setup(async () => {
      mailbox = new Mailbox()
      await mailbox.open()
      const manager = await mailbox.#manager()
      app.container.swap(Mailer, () => manager.use())
      const worker = queue().startWorker([], 'email')
      return async () => {
        await worker.stop()
        app.container.restore(Mailer)
        await manager.closeAll()
        await mailbox.close()
      }
    })
    return { queue, mailbox: () => mailbox }
  }

  async open() {
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      disableReverseLookup: true,
      onRcptTo: (_address, _session, done) => {
        this.visits++
        done(this.#refuses('RCPT'))
      },
      onData: (stream, session, done) => {
        const chunks: Buffer[] = []
        stream.on('data', (chunk: Buffer) => chunks.push(chunk))
        stream.on('end', async () => {
          const raw = Buffer.concat(chunks)
          const refused = this.#refuses('DATA')
          if (refused) return done(refused)
          const to = session.envelope.rcptTo.map(({ address }) => address)
          this.letters.push({ to, raw: raw.toString(), mail: await simpleParser(raw) })
          await this.onTaken?.()
          if (!this.hangsUp) return done()
          for (const connection of server.connections as Iterable<Record<'_socket', Socket>>) {
            connection._socket.destroy()
          }
        })
      },
    })
    server.on('error', () => {})
    const listening = server.listen(this.#port, '127.0.0.1')
    await once(listening, 'listening')
    this.#port = (listening.address() as AddressInfo).port
    this.#server = server
  }

  /** From now on nobody listens. */
  async close() {
    const server = this.#server
    this.#server = undefined
    if (server) await new Promise<void>((resolve) => server.close(() => resolve()))
  }

  /** Every mail to the address so far. */
  to(address: string) {
    return this.letters.filter(({ to }) => to.includes(address))
  }

  /** The newest mail to the address whose subject says so, once it is there. */
  async next(address: string, subject: RegExp): Promise<Letter> {
    return eventually(() =>
      this.to(address).findLast(({ mail }) => subject.test(mail.subject ?? ''))
    ) as Promise<Letter>
  }

  get port() {
    return this.#port
  }

  #refuses(command: 'RCPT' | 'DATA') {
    if (this.refusal?.to !== command) return null
    return Object.assign(new Error('not now'), { responseCode: this.refusal.code })
  }

  async #manager() {
    const { resolver } = defineConfig({
      default: 'smtp',
      from: { address: 'finora@example.com', name: 'Finora' },
      mailers: { smtp: transports.smtp({ host: '127.0.0.1', port: this.#port }) },
    })
    return new MailManager(emitter as never, await resolver(app))
  }
}

/** The token that a mail carries. */
export function tokenOf({ mail }: Letter): string {
  return /fin_mt_[\w-]+/.exec(mail.text ?? '')![0]
}
