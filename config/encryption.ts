import { defineConfig } from '@adonisjs/core/encryption'
import { keyrings } from '#config/secrets'
import { RotatingEncryption } from '#core/secrets/rotating_encryption'

const keyring = keyrings.APP_KEY
const encryption = new RotatingEncryption(keyring)

/**
 * Cookies and kept answers are sealed with the application key. Sealed columns
 * have a key of their own that follows from it (config/secrets). The keys named
 * here sign cookies; they are those of the start.
 */
export default defineConfig({
  default: 'app',
  list: {
    app: { driver: () => encryption, keys: keyring.keys.map(({ secret }) => secret) },
  },
})
