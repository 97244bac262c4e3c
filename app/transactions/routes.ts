import router from '@adonisjs/core/services/router'
import { ordinal, uuid } from '#core/http/route_matchers'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'

router
  .group(() => {
    router.get('categories', [controllers.transactions.Categories, 'index'])
    router
      .post('categories', [controllers.transactions.Categories, 'store'])
      .use(middleware.idempotent())
    router.get('categories/:id', [controllers.transactions.Categories, 'show']).where('id', uuid)
    router
      .patch('categories/:id', [controllers.transactions.Categories, 'update'])
      .where('id', uuid)
    router
      .delete('categories/:id', [controllers.transactions.Categories, 'destroy'])
      .where('id', uuid)

    router.get('rules', [controllers.transactions.Rules, 'index'])
    router.post('rules', [controllers.transactions.Rules, 'store']).use(middleware.idempotent())
    router.get('rules/:id', [controllers.transactions.Rules, 'show']).where('id', uuid)
    router.patch('rules/:id', [controllers.transactions.Rules, 'update']).where('id', uuid)
    router.delete('rules/:id', [controllers.transactions.Rules, 'destroy']).where('id', uuid)
    router
      .post('rules/:id/preview', [controllers.transactions.RulePreviews, 'store'])
      .where('id', uuid)
    router
      .post('rules/:id/runs', [controllers.transactions.RuleRuns, 'store'])
      .where('id', uuid)
      .use([middleware.limit('imports'), middleware.idempotent()])
    router.get('rules/runs', [controllers.transactions.RuleRuns, 'index'])
    router.get('rules/runs/:id', [controllers.transactions.RuleRuns, 'show']).where('id', uuid)
    router
      .get('rules/runs/:id/changes', [controllers.transactions.RuleRunChanges, 'index'])
      .where('id', uuid)
    router
      .post('rules/runs/:id/reversal', [controllers.transactions.RuleRunReversals, 'store'])
      .where('id', uuid)
      .use(middleware.idempotent())

    router.get('payees', [controllers.transactions.Payees, 'index'])
    router.get('payees/aliases', [controllers.transactions.PayeeAliases, 'index'])
    router
      .post('payees/aliases', [controllers.transactions.PayeeAliases, 'store'])
      .use(middleware.idempotent())
    router
      .get('payees/aliases/:id', [controllers.transactions.PayeeAliases, 'show'])
      .where('id', uuid)
    router
      .patch('payees/aliases/:id', [controllers.transactions.PayeeAliases, 'update'])
      .where('id', uuid)
    router
      .delete('payees/aliases/:id', [controllers.transactions.PayeeAliases, 'destroy'])
      .where('id', uuid)

    router
      .post('transfers', [controllers.transactions.Transfers, 'store'])
      .use(middleware.idempotent())

    router.get('imports/profiles', [controllers.transactions.Profiles, 'index'])
    router
      .post('imports/profiles', [controllers.transactions.Profiles, 'store'])
      .use(middleware.idempotent())
    router
      .get('imports/profiles/:id', [controllers.transactions.Profiles, 'show'])
      .where('id', uuid)
    router
      .patch('imports/profiles/:id', [controllers.transactions.Profiles, 'update'])
      .where('id', uuid)
    router
      .delete('imports/profiles/:id', [controllers.transactions.Profiles, 'destroy'])
      .where('id', uuid)

    router.get('imports', [controllers.transactions.Imports, 'index'])
    router
      .post('imports', [controllers.transactions.Imports, 'store'])
      .use([middleware.limit('imports'), middleware.accepts('multipart'), middleware.idempotent()])
    router.get('imports/:id', [controllers.transactions.Imports, 'show']).where('id', uuid)
    router.get('imports/:id/rows', [controllers.transactions.ImportRows, 'index']).where('id', uuid)
    router
      .get('imports/:id/rows/:number', [controllers.transactions.ImportRows, 'show'])
      .where('id', uuid)
      .where('number', ordinal)
    router
      .patch('imports/:id/rows/:number', [controllers.transactions.ImportRows, 'update'])
      .where('id', uuid)
      .where('number', ordinal)
    router
      .get('imports/:id/rejected.csv', [controllers.transactions.RejectedRows, 'show'])
      .where('id', uuid)
    router
      .post('imports/:id/confirmation', [controllers.transactions.Confirmations, 'store'])
      .where('id', uuid)
      .use([middleware.limit('imports'), middleware.idempotent()])
    router
      .post('imports/:id/reversal', [controllers.transactions.Reversals, 'store'])
      .where('id', uuid)
      .use(middleware.idempotent())

    router.get('export', [controllers.transactions.Exports, 'show']).use(middleware.limit('files'))
    router
      .post('bulk', [controllers.transactions.BulkOperations, 'store'])
      .use([middleware.accepts('bulk'), middleware.idempotent()])
    router.get('sync', [controllers.transactions.Changes, 'index'])
    router.get('proposals', [controllers.transactions.Proposals, 'index'])
    router.get('proposals/:id', [controllers.transactions.Proposals, 'show']).where('id', uuid)
    router
      .post('proposals/:id/acceptance', [controllers.transactions.Acceptances, 'store'])
      .where('id', uuid)
      .use(middleware.idempotent())
    router
      .delete('proposals/:id/acceptance', [controllers.transactions.Acceptances, 'destroy'])
      .where('id', uuid)
    router
      .post('proposals/:id/refusal', [controllers.transactions.Refusals, 'store'])
      .where('id', uuid)
      .use(middleware.idempotent())

    router.get('reconciliations', [controllers.transactions.Reconciliations, 'index'])
    router
      .post('reconciliations', [controllers.transactions.Reconciliations, 'store'])
      .use(middleware.idempotent())
    router
      .get('reconciliations/:id', [controllers.transactions.Reconciliations, 'show'])
      .where('id', uuid)
    router
      .patch('reconciliations/:id', [controllers.transactions.Reconciliations, 'update'])
      .where('id', uuid)
    router
      .delete('reconciliations/:id', [controllers.transactions.Reconciliations, 'destroy'])
      .where('id', uuid)
    router
      .post('reconciliations/:id/completion', [controllers.transactions.Completions, 'store'])
      .where('id', uuid)
      .use(middleware.idempotent())
    router
      .delete('reconciliations/:id/completion', [controllers.transactions.Completions, 'destroy'])
      .where('id', uuid)

    router.put(':id/splits', [controllers.transactions.Splits, 'update']).where('id', uuid)

    router.get('/', [controllers.transactions.Transactions, 'index'])
    router.post('/', [controllers.transactions.Transactions, 'store']).use(middleware.idempotent())
    router.get(':id', [controllers.transactions.Transactions, 'show']).where('id', uuid)
    router.patch(':id', [controllers.transactions.Transactions, 'update']).where('id', uuid)
    router.delete(':id', [controllers.transactions.Transactions, 'destroy']).where('id', uuid)
  })
  .prefix('/api/v1/transactions')
  .as('api.v1.transactions')
  .use(middleware.auth({ guards: ['jwt', 'pat'] }))
