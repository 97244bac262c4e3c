import app from '@adonisjs/core/services/app'
import { defineConfig, drivers } from '@adonisjs/core/hash'

/**
 * Argon2id with 46 MiB and two passes, more than the minimum of OWASP's
 * Password Storage Cheat Sheet. The tests use little memory, for speed only.
 */
export default defineConfig({
  default: 'argon',
  list: {
    argon: drivers.argon2({
      version: 0x13,
      variant: 'id',
      iterations: 2,
      memory: app.inTest ? 1024 : 47_104,
      parallelism: 1,
      saltSize: 16,
      hashLength: 32,
    }),
  },
})
