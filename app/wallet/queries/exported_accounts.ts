import type { PersonalData } from '#core/personal_data/exported'

/** A person's accounts. What is on them follows from the transactions. */
const exportedAccounts: PersonalData = {
  tables: [
    {
      name: 'accounts',
      about: 'Where your money lies or is owed.',
      table: 'accounts',
      columns: {
        id: ['id', 'The account'],
        name: ['name', 'What you call it'],
        type: ['type', 'checking, savings, cash, credit, loan, investment or other'],
        currency: ['currency', 'ISO 4217'],
        openingBalance: ['opening_balance_minor', 'Before the first transaction, in minor units'],
        archivedAt: ['archived_at', 'When you put it away'],
        createdAt: ['created_at', 'When you opened it in Finora'],
        updatedAt: ['updated_at', 'When it last changed'],
      },
      orderBy: 'id',
    },
  ],
}

export default exportedAccounts
