import { createHmac, randomBytes } from 'node:crypto'

/** A new secret that a receiver verifies with: 256 random bits. */
export function newWebhookSecret(): string {
  return `whsec_${randomBytes(32).toString('base64url')}`
}

/**
 * What `Finora-Signature` says: `t=<unix seconds>,v1=<hex>`, HMAC-SHA256 (RFC 2104)
 * of `<t>.<body>` with the text of a secret as its key. While a secret is rotated
 * there is a `v1` of each; one that fits is enough.
 */
export function signatureOf(body: string, secrets: string[], timestamp: number): string {
  const marks = secrets.map((secret) => {
    const mark = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')
    return `v1=${mark}`
  })
  return [`t=${timestamp}`, ...marks].join(',')
}
