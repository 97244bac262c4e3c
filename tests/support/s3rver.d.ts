/** As much of s3rver, which has no types of its own, as tests use. */
declare module 's3rver' {
  import type { Server } from 'node:http'

  interface Options {
    port: number
    address: string
    silent: boolean
    directory: string
    configureBuckets: { name: string; configs: string[] }[]
  }

  export default class S3rver {
    constructor(options: Options)
    readonly httpServer: Server
    run(): Promise<unknown>
    close(): Promise<void>
  }
}
