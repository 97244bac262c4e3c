import type { HttpContext } from '@adonisjs/core/http'
import type { LedgerOwner } from '#core/database/ledger_cache'
import { rememberedLedgers } from '#core/database/remembered_ledgers'
import { SharedAnswers } from '#core/database/shared_answers'
import { Unauthenticated } from '#core/http/problem'
import { tenant, type Credential, type Reader } from '#core/database/tenant'

const LEDGER = 'SELECT id, currency, ledger_version AS "ledgerVersion" FROM users'

const ledgers = new SharedAnswers<LedgerOwner | undefined>()

type User = Awaited<ReturnType<HttpContext['auth']['authenticate']>>

/** What a guard knows of the caller: whom they claim to be, and how to find out who they are. */
export interface Identification {
  credential: Credential

  /** Reads the credential of the request once more, as of now. */
  present(): Promise<Credential | null>
  authenticate(): Promise<User>
  /** Throws `Forbidden` when who they are may not do what is asked. */
  authorize(): void
}

/** Whoever a request acts for. */
export class Caller {
  readonly #identification: Identification
  #isProven = false

  constructor(identification: Identification) {
    this.#identification = identification
  }

  /** The credential's signature vouches for it, if it has one; that it still counts, only the proof. */
  get userId() {
    return this.#identification.credential.userId
  }

  /** Whether a read may begin and find out on the way that they may. */
  get takesProofAlong() {
    return this.#identification.credential.proof !== undefined
  }

  /** Whether the proof was found already. */
  get isProven() {
    return this.#isProven
  }

  /** Throws `Unauthenticated` when they may not come in any more. */
  async user(): Promise<User> {
    const user = await this.#identification.authenticate()
    this.#isProven = true
    return user
  }

  /**
   * Their ledger as of now. Simultaneous requests with one credential ask once.
   *
   * @throws Unauthenticated when they may not come in any more
   */
  async ledger(): Promise<LedgerOwner> {
    if (!this.takesProofAlong) await this.prove()
    const { userId, proof } = this.#identification.credential
    const credential = proof ? String(proof.values) : 'proven'
    const owner = await ledgers.ask(`${userId} ${credential}`, () =>
      rememberedLedgers.recall(userId, credential, () => this.#currentLedger())
    )
    if (!owner) throw new Unauthenticated()

    this.#isProven = true
    return owner
  }

  /**
   * Reads what is theirs, and asks in the same breath whether they still may.
   *
   * @throws Unauthenticated when they may not
   */
  async read<T>(work: (reader: Reader) => Promise<T>): Promise<T> {
    if (!this.takesProofAlong) await this.prove()
    const { credential } = this.#identification
    const value = await tenant.read(this.#isProven ? this.userId : credential, work)
    this.#isProven = true
    return value
  }

  /**
   * Reads what is theirs long after they came in: everything that let them in is asked again,
   * whether their token has expired as well as whether it still counts.
   *
   * @throws Unauthenticated when they may not come in any more
   */
  async readLater<T>(work: (reader: Reader) => Promise<T>): Promise<T> {
    const credential = await this.#identification.present()
    if (!credential) throw new Unauthenticated()
    return tenant.read(credential, work)
  }

  /** Makes sure that they may be here, unless that was asked already. */
  async prove() {
    if (!this.#isProven) await this.user()
  }

  /** @throws Forbidden when they, once proven, may not do what is asked */
  authorize() {
    this.#identification.authorize()
  }

  async #currentLedger(): Promise<LedgerOwner | undefined> {
    const [owner] = await this.read((reader) => reader.query<LedgerOwner>(LEDGER))
    return owner
  }
}

declare module '@adonisjs/core/http' {
  interface HttpContext {
    /** Set on routes that ask for a sign-in. */
    caller: Caller
  }
}
