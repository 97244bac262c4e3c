import type { PersonalData } from '#core/personal_data/exported'

/** What a person lets happen by itself to their transactions, and what has happened. */
const exportedRules: PersonalData = {
  tables: [
    {
      name: 'rules',
      about: 'What is done by itself to transactions that fit.',
      table: 'rules',
      columns: {
        id: ['id', 'The rule'],
        name: ['name', 'What you call it'],
        position: ['position', 'Rules act in this order'],
        enabled: ['enabled', 'Whether it acts'],
        match: ['match', 'Whether all conditions must fit, or any'],
        conditions: ['conditions', 'What a transaction must be like'],
        actions: ['actions', 'What happens to it'],
        createdAt: ['created_at', 'When it was made'],
        updatedAt: ['updated_at', 'When it last changed'],
      },
      orderBy: 'id',
    },
    {
      name: 'rule_runs',
      about: 'Rules that were run over transactions which were there already.',
      table: 'rule_runs',
      columns: {
        id: ['id', 'The run'],
        ruleId: ['rule_id', 'Of which rule, unless it is deleted'],
        rule: ['rule', 'The rule as it was then'],
        accountId: ['account_id', 'Only on this account, if one is named'],
        firstDay: ['first_day', 'Only from this day, if one is named'],
        lastDay: ['last_day', 'Only to this day, if one is named'],
        status: ['status', 'pending, active, completed, failed or reverted'],
        totalRows: ['total_rows', 'Transactions it was to look at'],
        processedRows: ['processed_rows', 'Transactions it looked at'],
        matchedRows: ['matched_rows', 'Transactions that fit'],
        changedRows: ['changed_rows', 'Transactions it changed'],
        undoneRows: ['undone_rows', 'Changes that were gone through to take them back'],
        keptRows: ['kept_rows', 'Of these, how many you or another rule had changed since'],
        error: ['error', 'Why it could not be finished'],
        createdAt: ['created_at', 'When you asked for it'],
        startedAt: ['started_at', 'When it began'],
        finishedAt: ['finished_at', 'When it ended'],
        reversalRequestedAt: ['reversal_requested_at', 'When you asked to take it back'],
        revertedAt: ['reverted_at', 'When that was done'],
      },
      withheld: {
        as_of: 'counts changes for the run itself',
        due_at: 'the order in which runs are done',
        reached: 'how far a run has come that is not over',
      },
      orderBy: 'id',
    },
    {
      name: 'rule_run_changes',
      about: 'What a run changed.',
      table: 'rule_run_changes',
      columns: {
        runId: ['run_id', 'Which run'],
        transactionId: ['transaction_id', 'Which transaction'],
        categoryBefore: ['category_before', 'Its category before'],
        categoryAfter: ['category_after', 'and after'],
        payeeBefore: ['payee_before', 'Its payee before'],
        payeeAfter: ['payee_after', 'and after'],
        tagsBefore: ['tags_before', 'Its tags before'],
        tagsAfter: ['tags_after', 'and after'],
        keptFields: ['kept_fields', 'What stayed when the run was taken back'],
      },
      orderBy: 'run_id, transaction_id',
    },
    {
      name: 'payee_aliases',
      about: 'What imported rows are called instead of what the bank calls them.',
      table: 'payee_aliases',
      columns: {
        id: ['id', 'The alias'],
        alias: ['alias', "The bank's text, without what differs from payment to payment"],
        payee: ['payee', 'What you call them'],
        origin: ['origin', 'learned from a transaction you renamed, or entered'],
        createdAt: ['created_at', 'When it was made'],
        updatedAt: ['updated_at', 'When it last changed'],
      },
      orderBy: 'id',
    },
  ],
}

export default exportedRules
