import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import S3rver from 's3rver'

/** An S3 server of one's own, to be stopped and started again with what it keeps. */
export class S3Server {
  #folder = ''
  #port = 0
  #server?: S3rver

  /** Settings of a process that keeps its files here. */
  get environment() {
    return {
      DRIVE_DISK: 's3',
      S3_ENDPOINT: `http://127.0.0.1:${this.#port}`,
      S3_BUCKET: 'finora',
      S3_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'S3RVER',
      AWS_SECRET_ACCESS_KEY: 'S3RVER',
    }
  }

  async start() {
    this.#folder ||= await mkdtemp(join(tmpdir(), 'finora-s3-'))
    this.#port ||= await freePort()
    this.#server = new S3rver({
      port: this.#port,
      address: '127.0.0.1',
      silent: true,
      directory: this.#folder,
      configureBuckets: [{ name: 'finora', configs: [] }],
    })
    await this.#server.run()
  }

  /** Connections break as well. */
  async stop() {
    this.#server!.httpServer.closeAllConnections()
    await this.#server!.close()
  }

  async remove() {
    await rm(this.#folder, { recursive: true })
  }

  /** The keys that begin like this. */
  async keys(prefix: string): Promise<string[]> {
    const { S3Client, ListObjectsV2Command } = await import('@aws-sdk/client-s3')
    const { S3_ENDPOINT: endpoint, S3_REGION: region } = this.environment
    const client = new S3Client({
      endpoint,
      region,
      forcePathStyle: true,
      credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' },
    })
    const { Contents = [] } = await client.send(
      new ListObjectsV2Command({ Bucket: 'finora', Prefix: prefix })
    )
    client.destroy()
    return Contents.map(({ Key }) => Key!)
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
