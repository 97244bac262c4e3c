/** One secret of the settings: the newest value, and the one before while both are in use. */
export interface SecretPair {
  newest: string
  previous?: string
}

/**
 * The keys that follow from one secret while it is rotated. All of them verify
 * and open; one of them, the active one, signs and seals. A new key becomes
 * active once it is settled, which says that every running process holds it
 * (core/secrets/rotation_watch): until then the previous one goes on signing, so
 * that no process meets a key it has never heard of.
 */
export class Keyring<Key extends { id: string } = { id: string }> {
  readonly #make: (secret: string) => Key
  #pair!: SecretPair
  #newest!: Key
  #previous?: Key
  #isSettled = false

  /** @param setting its name; `<setting>_PREVIOUS` is the one before */
  constructor(
    readonly setting: string,
    make: (secret: string) => Key,
    pair: SecretPair
  ) {
    this.#make = make
    this.#take(pair)
  }

  /** What signs and seals. */
  get active(): Key {
    return this.isPending ? this.#previous! : this.#newest
  }

  /** What verifies and opens, the active one first. */
  get keys(): Key[] {
    const all = this.#previous ? [this.#newest, this.#previous] : [this.#newest]
    return this.isPending ? all.reverse() : all
  }

  get newest(): Key {
    return this.#newest
  }

  get previous(): Key | undefined {
    return this.#previous
  }

  /** True while the newest key waits for the processes that don't hold it yet. */
  get isPending() {
    return this.#previous !== undefined && !this.#isSettled
  }

  find(id: string): Key | undefined {
    if (this.#newest.id === id) return this.#newest
    return this.#previous?.id === id ? this.#previous : undefined
  }

  /** Takes over what the settings say by now; true when that is something new. */
  replace(pair: SecretPair): boolean {
    if (pair.newest === this.#pair.newest && pair.previous === this.#pair.previous) return false
    if (pair.newest !== this.#pair.newest) this.#isSettled = false
    this.#take(pair)
    return true
  }

  /** Lets the newest key sign: every process holds it. */
  settle() {
    this.#isSettled = true
  }

  #take(pair: SecretPair) {
    this.#pair = pair
    this.#newest = this.#make(pair.newest)
    this.#previous = pair.previous === undefined ? undefined : this.#make(pair.previous)
  }
}
