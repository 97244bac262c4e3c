import { randomBytes } from 'node:crypto'
import type { HttpContext } from '@adonisjs/core/http'

/** The pages by the path that mails link to. */
const PAGES: Record<string, string> = {
  '/verify-email': 'pages/auth/verify_email',
  '/reset-password': 'pages/auth/reset_password',
}

/**
 * What opens when somebody follows the link of a mail: a button, so that programs
 * which only look at links use no token up. The token stands behind `#` and comes
 * back to the API in the body of a POST; the page itself is the same for all.
 */
export default class MailLinksController {
  async show({ request, response, view }: HttpContext) {
    const nonce = randomBytes(16).toString('base64')
    response.header('Content-Security-Policy', policy(nonce)).header('Cache-Control', 'no-store')

    return view.render(PAGES[request.url()], { nonce })
  }
}

function policy(nonce: string) {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}
