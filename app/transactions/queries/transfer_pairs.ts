import { hashed } from '#core/database/hashed'
import type { Reader } from '#core/database/tenant'
import { MOST_ALIKE, MOST_DAYS_APART, MOST_PAIRS } from '#transactions/queries/proposal_conditions'

/** Money that left one account of the user's, and money that came onto another. */
export interface TransferPair {
  outgoingId: string
  outgoingIdentity: string | null
  outgoingPayee: string
  outgoingAccount: string
  incomingId: string
  incomingIdentity: string | null
  incomingPayee: string
  incomingAccount: string
  daysApart: number
  importId: string
}

/** How old the rate of a known transfer may be, in days, and how far another may be from it, in percent. */
const RATE_DAYS = 90
const RATE_PERCENT = 3

/** Whom pairs are sought for. `involved` are conditions that each give some of them, in a bounded time. */
interface Scope {
  seeds: string
  involvedAlike: string[]
  involved: string[]
}

/** The rows of import `$2`: of equal ones the first with each of the first, and then one with one. */
const OF_IMPORT: Scope = {
  seeds: 'import_id = $2',
  involvedAlike: [
    `o.nth <= ${MOST_ALIKE} AND i.nth <= ${MOST_ALIKE} AND (o.import_id = $2 OR i.import_id = $2)`,
    `o.nth > ${MOST_ALIKE} AND i.nth = o.nth AND (o.import_id = $2 OR i.import_id = $2)`,
  ],
  involved: [
    `o.nth <= ${MOST_ALIKE} AND i.nth <= ${MOST_ALIKE} AND (o.import_id = $2 OR i.import_id = $2)`,
  ],
}

/** The transactions `$2`, whose partners were imported unless they were. */
const OF_LEGS: Scope = {
  seeds: 'id = ANY($2::uuid[])',
  involvedAlike: ['o', 'i'].map(isSeedAndImported),
  involved: ['o', 'i'].map(isSeedAndImported),
}

function isSeedAndImported(side: string) {
  return `${side}.id = ANY($2::uuid[]) AND coalesce(o.import_id, i.import_id) IS NOT NULL`
}

/**
 * Around the days of what is sought for, what may be one leg: of a split, a person has said
 * what it was, and nobody is asked about one twice.
 */
const LEGS = (sign: '<' | '>') => `
  SELECT t.id, t.account_id, t.import_id, t.currency, t.amount_minor, t.booked_on, t.identity, t.payee, row_number() OVER (
    PARTITION BY t.account_id, t.amount_minor, t.booked_on ORDER BY t.id
  ) AS nth
  FROM transactions t, span
  WHERE t.user_id = $1 AND t.booked_on BETWEEN span.first AND span.last AND t.amount_minor ${sign} 0
    AND t.transfer_id IS NULL AND NOT t.is_split AND NOT t.reconciled
    AND t.id NOT IN (SELECT id FROM asked)`

const SPAN = ({ seeds }: Scope) => `
  span AS MATERIALIZED (
    SELECT min(booked_on) - ${MOST_DAYS_APART} AS first, max(booked_on) + ${MOST_DAYS_APART} AS last
    FROM transactions WHERE user_id = $1 AND ${seeds}
  ),
  asked AS MATERIALIZED (
    SELECT unnest(ARRAY[transaction_id, match_id]) AS id FROM proposals
    WHERE user_id = $1 AND status = 'open'
  )`

const PAIR = `
  SELECT o.id AS "outgoingId", o.identity AS "outgoingIdentity", o.payee AS "outgoingPayee",
    (SELECT a.name FROM accounts a WHERE a.user_id = $1 AND a.id = o.account_id) AS "outgoingAccount",
    i.id AS "incomingId", i.identity AS "incomingIdentity", i.payee AS "incomingPayee",
    (SELECT a.name FROM accounts a WHERE a.user_id = $1 AND a.id = i.account_id) AS "incomingAccount",
    abs(i.booked_on - o.booked_on) AS "daysApart"`

/** The later of their imports is the one that brings them up. */
const FOUND = `${PAIR}, greatest(o.import_id, i.import_id) AS "importId"`

/** Nobody refused them as a pair. */
const IS_NOT_REFUSED = `
  NOT EXISTS (
    SELECT 1 FROM proposals p
    WHERE p.user_id = $1 AND p.status = 'refused' AND p.kind = 'transfer'
      AND (p.transaction_id = o.id OR p.transaction_identity = o.identity)
      AND (p.match_id = i.id OR p.match_identity = i.identity)
  )`

const pairsOf = (join: string, involved: string[]) =>
  involved.map((each) => `${FOUND} ${join} AND ${each} AND ${IS_NOT_REFUSED}`).join(' UNION ALL ')

/**
 * Incomes are few, and expenses of just their amounts fewer still: only those
 * are numbered and compared.
 */
const inOneCurrency = (scope: Scope) => `
  WITH ${SPAN(scope)},
  incoming AS MATERIALIZED (${LEGS('>')}),
  outgoing AS MATERIALIZED (
    ${LEGS('<')} AND -t.amount_minor IN (SELECT amount_minor FROM incoming)
  )
  ${pairsOf(
    `FROM outgoing o JOIN incoming i ON i.currency = o.currency AND i.amount_minor = -o.amount_minor
       AND i.account_id <> o.account_id AND abs(i.booked_on - o.booked_on) <= ${MOST_DAYS_APART}
     WHERE true`,
    scope.involvedAlike
  )}
  LIMIT ${MOST_PAIRS}
`

const KNOWS_RATES = `
  SELECT 1 FROM transactions one JOIN transactions other
    ON other.user_id = one.user_id AND other.transfer_id = one.transfer_id
  WHERE one.user_id = $1 AND one.transfer_id IS NOT NULL AND one.currency <> other.currency LIMIT 1
`

/** What one currency became in another, or was before: the user's transfer nearest in time tells. */
const betweenCurrencies = (scope: Scope) => `
  WITH ${SPAN(scope)},
  rates AS MATERIALIZED (
    SELECT one.currency AS sold, other.currency AS bought, abs(one.amount_minor) AS sold_minor,
      abs(other.amount_minor) AS bought_minor, one.booked_on, one.id
    FROM transactions one
    JOIN transactions other ON other.user_id = one.user_id AND other.transfer_id = one.transfer_id
    JOIN span ON one.booked_on BETWEEN span.first - ${RATE_DAYS} AND span.last + ${RATE_DAYS}
    WHERE one.user_id = $1 AND one.transfer_id IS NOT NULL AND one.currency <> other.currency
  ),
  incoming AS MATERIALIZED (${LEGS('>')} AND t.currency IN (SELECT bought FROM rates)),
  outgoing AS MATERIALIZED (${LEGS('<')} AND t.currency IN (SELECT sold FROM rates))
  ${pairsOf(
    `FROM outgoing o JOIN incoming i ON i.account_id <> o.account_id AND i.currency <> o.currency
       AND abs(i.booked_on - o.booked_on) <= ${MOST_DAYS_APART}
     CROSS JOIN LATERAL (
       SELECT r.sold_minor::numeric AS sold, r.bought_minor::numeric AS bought FROM rates r
       WHERE r.sold = o.currency AND r.bought = i.currency AND abs(r.booked_on - o.booked_on) <= ${RATE_DAYS}
       ORDER BY abs(r.booked_on - o.booked_on), r.id LIMIT 1
     ) AS rate
     WHERE abs(i.amount_minor * rate.sold + o.amount_minor * rate.bought) * 100
       <= ${RATE_PERCENT} * -o.amount_minor * rate.bought`,
    scope.involved
  )}
  LIMIT ${MOST_PAIRS}
`

/**
 * Pairs on two accounts of the user's that may be transfers and that nobody was asked
 * about. Between currencies only where a transfer of the user's own of the last ninety
 * days tells the rate: none is ever guessed.
 */
export class TransferPairs {
  /** At least one of each is from this import. */
  async ofImport(reader: Reader, userId: string, importId: string) {
    return this.#find(reader, OF_IMPORT, [userId, importId])
  }

  /** One of each is one of these transactions. */
  async ofLegs(reader: Reader, userId: string, ids: string[]) {
    return this.#find(reader, OF_LEGS, [userId, ids])
  }

  async #find(reader: Reader, scope: Scope, values: unknown[]) {
    const knowsRates = await reader.query(KNOWS_RATES, values.slice(0, 1))
    return hashed(reader, async () => {
      const same = await reader.query<TransferPair>(inOneCurrency(scope), values)
      if (knowsRates.length === 0) return same
      return [...same, ...(await reader.query<TransferPair>(betweenCurrencies(scope), values))]
    })
  }
}
