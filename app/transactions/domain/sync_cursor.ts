import { uuid } from '#core/http/route_matchers'

/** Behind every id of a version. */
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

/** Of the form of cursors; another number makes the older ones lost. */
const FORM = 1

/**
 * Where a client stands that follows the changes of a ledger. Its changes come in
 * rounds: page after page until nothing is left, then again when the client asks.
 * Inside a round it stands behind one change, told by version and id.
 */
export class SyncCursor {
  private constructor(
    readonly userId: string,

    /** The ledger's version when the round began; null before the first page of a first round. */
    readonly began: number | null,

    /** What was booked in later versions is new to the client. */
    readonly since: number,

    /** Everything up to here has been told. */
    readonly version: number,
    readonly id: string
  ) {}

  /** Before everything there is. */
  static first(userId: string) {
    return new SyncCursor(userId, null, -1, -1, LAST_ID)
  }

  /** Null for what isn't one, or is another user's. */
  static parse(text: string, userId: string): SyncCursor | null {
    const parts = decoded(text)
    const [form, owner, began, since, version, id] = parts
    if (parts.length !== 6 || form !== FORM || owner !== userId) return null
    if (![began, since, version].every(isVersion)) return null
    if (typeof id !== 'string' || !uuid.match.test(id)) return null
    return new SyncCursor(userId, began as number, since as number, version as number, id)
  }

  /** Behind a change of the same round, which began with the ledger at `began`. */
  behind({ version, id }: { version: number; id: string }, began: number) {
    return new SyncCursor(this.userId, this.began ?? began, this.since, version, id)
  }

  /** The round is over: the next one begins with the ledger as of this version. */
  endsAt(version: number) {
    return new SyncCursor(this.userId, version, version, version, LAST_ID)
  }

  /** Whether there is nothing behind it while the ledger is at this version. */
  isEndOf(version: number) {
    return this.version === version && this.id === LAST_ID
  }

  toString() {
    const parts = [FORM, this.userId, this.began, this.since, this.version, this.id]
    return Buffer.from(JSON.stringify(parts)).toString('base64url')
  }
}

/** −1 is before the first. */
function isVersion(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= -1
}

function decoded(text: string): unknown[] {
  try {
    const parts = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    return Array.isArray(parts) ? parts : []
  } catch {
    return []
  }
}
