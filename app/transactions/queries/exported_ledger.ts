import type { PersonalData } from '#core/personal_data/exported'

/** A person's transactions, and the words they sort them by. */
const exportedLedger: PersonalData = {
  tables: [
    {
      name: 'categories',
      about: 'What money is earned from or spent on.',
      table: 'categories',
      columns: {
        id: ['id', 'The category'],
        parentId: ['parent_id', 'The category it is part of'],
        name: ['name', 'What you call it'],
        kind: ['kind', 'income or expense'],
        color: ['color', 'How it is drawn'],
        icon: ['icon', 'How it is drawn'],
        createdAt: ['created_at', 'When it was made'],
        updatedAt: ['updated_at', 'When it last changed'],
      },
      orderBy: 'id',
    },
    {
      name: 'transactions',
      about: 'Money that came onto an account or left it.',
      table: 'transactions',
      columns: {
        id: ['id', 'The transaction'],
        accountId: ['account_id', 'On which account'],
        bookedOn: ['booked_on', 'The day on which the balance changed'],
        kind: ['kind', 'income, expense or transfer'],
        amount: ['amount_minor', 'In minor units; negative left the account'],
        currency: ['currency', 'ISO 4217'],
        payee: ['payee', 'With whom'],
        bankPayee: ['bank_payee', 'What the bank calls them, if it is something else'],
        description: ['description', 'What for'],
        notes: ['notes', 'What you noted'],
        categoryId: ['category_id', 'Under which category, unless it is split'],
        isSplit: ['is_split', 'Whether splits tell the categories'],
        tags: ['tags', 'Your words on it'],
        transferId: ['transfer_id', 'Both sides of a transfer have the same'],
        importId: ['import_id', 'The import it came with'],
        lockedFields: ['locked_fields', 'What you set yourself, so that no rule changes it'],
        externalId: ['external_id', "The bank's own id"],
        createdAt: ['created_at', 'When it was entered'],
        updatedAt: ['updated_at', 'When it last changed'],
      },
      withheld: {
        identity: 'a digest by which it is recognised when it comes again',
        added_in: 'counts changes for those who follow them',
        changed_in: 'counts changes for those who follow them',
      },
      orderBy: 'id',
    },
    {
      name: 'splits',
      about: 'Parts of a transaction under categories of their own; they add up to it.',
      table: 'transaction_splits',
      columns: {
        transactionId: ['transaction_id', 'Of which transaction'],
        position: ['position', 'Which part, from 0'],
        categoryId: ['category_id', 'Under which category'],
        amount: ['amount_minor', 'In minor units'],
        currency: ['currency', 'ISO 4217'],
        note: ['note', 'What you noted'],
      },
      withheld: {
        account_id: "the transaction's",
        booked_on: "the transaction's",
        kind: "the transaction's",
      },
      orderBy: 'transaction_id, position',
    },
  ],
}

export default exportedLedger
