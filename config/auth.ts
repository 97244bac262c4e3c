import { defineConfig } from '@adonisjs/auth'
import type { HttpContext } from '@adonisjs/core/http'
import type { InferAuthenticators } from '@adonisjs/auth/types'
import { JwtGuard } from '#auth/guards/jwt_guard'
import { PatGuard } from '#auth/guards/pat_guard'

/** The API knows people by access token (`jwt`), and their programs by personal ones (`pat`). */
const authConfig = defineConfig({
  default: 'jwt',
  guards: {
    jwt: (ctx: HttpContext) => new JwtGuard(ctx),
    pat: (ctx: HttpContext) => new PatGuard(ctx),
  },
})

export default authConfig

declare module '@adonisjs/auth/types' {
  export interface Authenticators extends InferAuthenticators<typeof authConfig> {}
}
