import { open } from '#tests/support/household'
import { RECONCILIATIONS } from '#tests/support/reconciliations'
import { resourceContract } from '#tests/support/resource_contract'

resourceContract({
  name: 'Reconciliations',
  path: RECONCILIATIONS,
  async valid(user) {
    const { id: accountId } = await open(user, `Account ${performance.now()}`)
    return { accountId, statementDate: '2026-01-31', statementBalance: 0 }
  },
  invalid: [
    { change: { accountId: 'none' }, field: 'accountId' },
    { change: { statementDate: '2026-02-30' }, field: 'statementDate' },
    { change: { statementBalance: 1.5 }, field: 'statementBalance' },
    { change: { transactionIds: ['x'] }, field: 'transactionIds.0' },
  ],
  change: { statementBalance: 5_00 },
})
