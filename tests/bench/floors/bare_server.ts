/*
| An AdonisJS application with nothing around its routes: no middleware, nobody
| to sign in, no scope. The environment has PORT, BENCH_DATABASE (settings of its
| connections, as JSON), BENCH_USER and BENCH_TRANSACTION.
*/
import 'reflect-metadata'
import { Ignitor } from '@adonisjs/core'
import { defineConfig as defineEncryption, drivers } from '@adonisjs/core/encryption'
import { defineConfig as defineHttp } from '@adonisjs/core/http'
import { defineConfig as defineLogger } from '@adonisjs/core/logger'
import { defineConfig as defineDatabase } from '@adonisjs/lucid'

process.env.TZ = 'UTC'

const { max, ...connection } = JSON.parse(process.env.BENCH_DATABASE!)
const importer = (path: string) => import(path)

await new Ignitor(new URL('./', import.meta.url), { importer })
  .tap((app) => {
    app.rcContents({
      providers: [
        () => import('@adonisjs/core/providers/app_provider'),
        () => import('@adonisjs/core/providers/hash_provider'),
        () => import('@adonisjs/lucid/database_provider'),
      ],
      preloads: [() => import('#tests/bench/floors/bare_routes')],
    })
    app.useConfig({
      app: { appKey: process.env.APP_KEY, http: defineHttp({}) },
      encryption: defineEncryption({
        default: 'gcm',
        list: { gcm: drivers.aes256gcm({ id: 'bare', keys: [process.env.APP_KEY!] }) },
      }),
      logger: defineLogger({
        default: 'app',
        loggers: { app: { enabled: true, name: 'bare', level: 'warn' } },
      }),
      database: defineDatabase({
        connection: 'bare',
        connections: { bare: { client: 'pg', connection, pool: { min: 0, max } } },
      }),
    })
    app.listen('SIGTERM', () => app.terminate())
  })
  .httpServer()
  .start()
