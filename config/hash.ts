import app from '@adonisjs/core/services/app'
import { defineConfig, drivers } from '@adonisjs/core/hash'

/**
 * Argon2id with 46 MiB and one pass (OWASP Password Storage Cheat Sheet). The
 * tests use the least that Argon2 allows, for speed only.
 */
export default defineConfig({
  default: 'argon',
  list: {
    argon: drivers.argon2({
      version: 0x13,
      variant: 'id',
      iterations: app.inTest ? 1 : 1,
      memory: app.inTest ? 1024 : 47_104,
      parallelism: 1,
      saltSize: 16,
      hashLength: 32,
    }),
  },
})
