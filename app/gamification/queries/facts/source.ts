import type { Reader } from '#core/database/tenant'
import type { Fact, Series } from '#gamification/domain/facts'

/** Whose facts they are, as far as that decides them. */
export interface Scope {
  /** The day it is where they live. */
  today: string
  timezone: string
  currency: string
}

/**
 * Facts that are read together. A module on the left has its own: it is written
 * here and named in `registry.ts`, and from then on conditions can ask for them.
 */
export interface FactSource<Name extends string = string> {
  facts: Record<Name, Fact>

  /** Asks everything at once; reads no more of a long history than an index or a total holds. */
  read(reader: Reader, scope: Scope): Promise<Record<Name, Series>>
}
