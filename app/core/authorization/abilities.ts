import { Bouncer } from '@adonisjs/bouncer'

/** Whoever is asked what they may do. */
interface Person {
  role: string
}

/**
 * What a role may do beyond using its own data, by the name that a route says in
 * `middleware.can(…)`. Everybody may use their own data, and row-level security
 * sees to it that it is their own: that needs no ability.
 */
export const abilities = {
  /** To see the console. */
  openConsole: Bouncer.ability(({ role }: Person) => role === 'SUPPORT' || role === 'ADMIN'),
}
