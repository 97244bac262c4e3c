import { Standing } from '#gamification/domain/facts'
import type { FactSource } from '#gamification/queries/facts/source'

interface Row {
  accounts: number
  openProposals: number
}

const INVENTORY = `
  SELECT (SELECT count(*) FROM accounts) AS accounts,
    (SELECT count(*) FROM proposals WHERE status = 'open') AS "openProposals"
`

/** What is there, however it came about. */
export const inventoryFacts = {
  facts: {
    accounts: { meaning: 'Accounts, archived ones too', measure: 'count' },
    openProposals: { meaning: 'Proposals that wait for an answer', measure: 'count' },
  },

  async read(reader) {
    const [{ accounts, openProposals }] = await reader.query<Row>(INVENTORY)
    return { accounts: new Standing(accounts), openProposals: new Standing(openProposals) }
  },
} satisfies FactSource
