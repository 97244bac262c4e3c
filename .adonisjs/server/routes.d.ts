import '@adonisjs/core/types/http'

type ParamValue = string | number | bigint | boolean

export type ScannedRoutes = {
  ALL: {
    'health.show': { paramsTuple?: []; params?: {} }
    'health.live': { paramsTuple?: []; params?: {} }
    'health.ready': { paramsTuple?: []; params?: {} }
    'metrics.show': { paramsTuple?: []; params?: {} }
    'docs.show': { paramsTuple?: []; params?: {} }
    'docs.openapi': { paramsTuple?: []; params?: {} }
    'docs.assets': { paramsTuple: [ParamValue]; params: {'file': ParamValue} }
    'api.v1.auth.registrations.store': { paramsTuple?: []; params?: {} }
    'api.v1.auth.sessions.store': { paramsTuple?: []; params?: {} }
    'api.v1.auth.refreshes.store': { paramsTuple?: []; params?: {} }
    'api.v1.auth.email_verifications.update': { paramsTuple?: []; params?: {} }
    'api.v1.auth.email_verifications.store': { paramsTuple?: []; params?: {} }
    'api.v1.auth.password_resets.store': { paramsTuple?: []; params?: {} }
    'api.v1.auth.password_resets.update': { paramsTuple?: []; params?: {} }
    'api.v1.auth.live_sessions.index': { paramsTuple?: []; params?: {} }
    'api.v1.auth.live_sessions.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.auth.sessions.destroy': { paramsTuple?: []; params?: {} }
    'api.v1.auth.all_sessions.destroy': { paramsTuple?: []; params?: {} }
    'api.v1.auth.otp_enrolments.store': { paramsTuple?: []; params?: {} }
    'api.v1.auth.otp_enrolments.destroy': { paramsTuple?: []; params?: {} }
    'api.v1.auth.otp_confirmations.store': { paramsTuple?: []; params?: {} }
    'api.v1.auth.tokens.index': { paramsTuple?: []; params?: {} }
    'api.v1.auth.tokens.store': { paramsTuple?: []; params?: {} }
    'api.v1.auth.tokens.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.users.me.passwords.update': { paramsTuple?: []; params?: {} }
    'api.v1.users.me.email_changes.store': { paramsTuple?: []; params?: {} }
    'api.v1.users.me.erasures.store': { paramsTuple?: []; params?: {} }
    'auth.verify_email': { paramsTuple?: []; params?: {} }
    'auth.reset_password': { paramsTuple?: []; params?: {} }
    'api.v1.users.profiles.show': { paramsTuple?: []; params?: {} }
    'api.v1.users.profiles.update': { paramsTuple?: []; params?: {} }
    'api.v1.wallet.accounts.index': { paramsTuple?: []; params?: {} }
    'api.v1.wallet.accounts.store': { paramsTuple?: []; params?: {} }
    'api.v1.wallet.accounts.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.wallet.accounts.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.wallet.accounts.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.wallet.summaries.show': { paramsTuple?: []; params?: {} }
    'api.v1.wallet.cashflows.show': { paramsTuple?: []; params?: {} }
    'api.v1.wallet.net_worths.show': { paramsTuple?: []; params?: {} }
    'api.v1.wallet.analytics.show': { paramsTuple?: []; params?: {} }
    'api.v1.files.files.index': { paramsTuple?: []; params?: {} }
    'api.v1.files.files.store': { paramsTuple?: []; params?: {} }
    'api.v1.files.files.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.files.downloads.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.files.files.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.users.me.exports.store': { paramsTuple?: []; params?: {} }
    'api.v1.users.me.exports.index': { paramsTuple?: []; params?: {} }
    'api.v1.users.me.exports.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.notifications.preferences.show': { paramsTuple?: []; params?: {} }
    'api.v1.notifications.preferences.update': { paramsTuple?: []; params?: {} }
    'api.v1.notifications.alerts.index': { paramsTuple?: []; params?: {} }
    'api.v1.notifications.alerts.store': { paramsTuple?: []; params?: {} }
    'api.v1.notifications.alerts.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.notifications.alerts.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.notifications.alerts.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.notifications.event_streams.show': { paramsTuple?: []; params?: {} }
    'api.v1.notifications.readings.store': { paramsTuple?: []; params?: {} }
    'api.v1.notifications.notifications.index': { paramsTuple?: []; params?: {} }
    'api.v1.notifications.notifications.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.notifications.notifications.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.notifications.notifications.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.notifications.webhooks.index': { paramsTuple?: []; params?: {} }
    'api.v1.notifications.webhooks.store': { paramsTuple?: []; params?: {} }
    'api.v1.notifications.webhooks.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.notifications.webhooks.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.notifications.webhooks.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.notifications.webhook_secrets.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.notifications.webhook_pings.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.notifications.webhook_deliveries.index': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.notifications.webhook_retries.store': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'deliveryId': ParamValue} }
    'api.v1.transactions.categories.index': { paramsTuple?: []; params?: {} }
    'api.v1.transactions.categories.store': { paramsTuple?: []; params?: {} }
    'api.v1.transactions.categories.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.categories.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.categories.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.rules.index': { paramsTuple?: []; params?: {} }
    'api.v1.transactions.rules.store': { paramsTuple?: []; params?: {} }
    'api.v1.transactions.rules.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.rules.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.rules.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.rule_previews.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.rule_runs.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.rule_runs.index': { paramsTuple?: []; params?: {} }
    'api.v1.transactions.rule_runs.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.rule_run_changes.index': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.rule_run_reversals.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.payees.index': { paramsTuple?: []; params?: {} }
    'api.v1.transactions.payee_aliases.index': { paramsTuple?: []; params?: {} }
    'api.v1.transactions.payee_aliases.store': { paramsTuple?: []; params?: {} }
    'api.v1.transactions.payee_aliases.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.payee_aliases.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.payee_aliases.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.transfers.store': { paramsTuple?: []; params?: {} }
    'api.v1.transactions.profiles.index': { paramsTuple?: []; params?: {} }
    'api.v1.transactions.profiles.store': { paramsTuple?: []; params?: {} }
    'api.v1.transactions.profiles.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.profiles.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.profiles.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.imports.index': { paramsTuple?: []; params?: {} }
    'api.v1.transactions.imports.store': { paramsTuple?: []; params?: {} }
    'api.v1.transactions.imports.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.import_rows.index': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.import_rows.show': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'number': ParamValue} }
    'api.v1.transactions.import_rows.update': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'number': ParamValue} }
    'api.v1.transactions.rejected_rows.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.confirmations.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.reversals.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.exports.show': { paramsTuple?: []; params?: {} }
    'api.v1.transactions.bulk_operations.store': { paramsTuple?: []; params?: {} }
    'api.v1.transactions.changes.index': { paramsTuple?: []; params?: {} }
    'api.v1.transactions.proposals.index': { paramsTuple?: []; params?: {} }
    'api.v1.transactions.proposals.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.acceptances.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.acceptances.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.refusals.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.reconciliations.index': { paramsTuple?: []; params?: {} }
    'api.v1.transactions.reconciliations.store': { paramsTuple?: []; params?: {} }
    'api.v1.transactions.reconciliations.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.reconciliations.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.reconciliations.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.completions.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.completions.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.splits.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.transactions.index': { paramsTuple?: []; params?: {} }
    'api.v1.transactions.transactions.store': { paramsTuple?: []; params?: {} }
    'api.v1.transactions.transactions.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.transactions.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.transactions.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.gamification.badges.index': { paramsTuple?: []; params?: {} }
    'api.v1.gamification.challenges.index': { paramsTuple?: []; params?: {} }
    'api.v1.gamification.challenge_participations.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.gamification.challenge_participations.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.gamification.points.show': { paramsTuple?: []; params?: {} }
    'api.v1.gamification.leaderboards.show': { paramsTuple?: []; params?: {} }
    'api.v1.gamification.leaderboard_participations.update': { paramsTuple?: []; params?: {} }
    'admin.homes.show': { paramsTuple?: []; params?: {} }
  }
  GET: {
    'health.show': { paramsTuple?: []; params?: {} }
    'health.live': { paramsTuple?: []; params?: {} }
    'health.ready': { paramsTuple?: []; params?: {} }
    'metrics.show': { paramsTuple?: []; params?: {} }
    'docs.show': { paramsTuple?: []; params?: {} }
    'docs.openapi': { paramsTuple?: []; params?: {} }
    'docs.assets': { paramsTuple: [ParamValue]; params: {'file': ParamValue} }
    'api.v1.auth.live_sessions.index': { paramsTuple?: []; params?: {} }
    'api.v1.auth.tokens.index': { paramsTuple?: []; params?: {} }
    'auth.verify_email': { paramsTuple?: []; params?: {} }
    'auth.reset_password': { paramsTuple?: []; params?: {} }
    'api.v1.users.profiles.show': { paramsTuple?: []; params?: {} }
    'api.v1.wallet.accounts.index': { paramsTuple?: []; params?: {} }
    'api.v1.wallet.accounts.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.wallet.summaries.show': { paramsTuple?: []; params?: {} }
    'api.v1.wallet.cashflows.show': { paramsTuple?: []; params?: {} }
    'api.v1.wallet.net_worths.show': { paramsTuple?: []; params?: {} }
    'api.v1.wallet.analytics.show': { paramsTuple?: []; params?: {} }
    'api.v1.files.files.index': { paramsTuple?: []; params?: {} }
    'api.v1.files.files.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.files.downloads.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.users.me.exports.index': { paramsTuple?: []; params?: {} }
    'api.v1.users.me.exports.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.notifications.preferences.show': { paramsTuple?: []; params?: {} }
    'api.v1.notifications.alerts.index': { paramsTuple?: []; params?: {} }
    'api.v1.notifications.alerts.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.notifications.event_streams.show': { paramsTuple?: []; params?: {} }
    'api.v1.notifications.notifications.index': { paramsTuple?: []; params?: {} }
    'api.v1.notifications.notifications.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.notifications.webhooks.index': { paramsTuple?: []; params?: {} }
    'api.v1.notifications.webhooks.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.notifications.webhook_deliveries.index': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.categories.index': { paramsTuple?: []; params?: {} }
    'api.v1.transactions.categories.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.rules.index': { paramsTuple?: []; params?: {} }
    'api.v1.transactions.rules.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.rule_runs.index': { paramsTuple?: []; params?: {} }
    'api.v1.transactions.rule_runs.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.rule_run_changes.index': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.payees.index': { paramsTuple?: []; params?: {} }
    'api.v1.transactions.payee_aliases.index': { paramsTuple?: []; params?: {} }
    'api.v1.transactions.payee_aliases.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.profiles.index': { paramsTuple?: []; params?: {} }
    'api.v1.transactions.profiles.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.imports.index': { paramsTuple?: []; params?: {} }
    'api.v1.transactions.imports.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.import_rows.index': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.import_rows.show': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'number': ParamValue} }
    'api.v1.transactions.rejected_rows.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.exports.show': { paramsTuple?: []; params?: {} }
    'api.v1.transactions.changes.index': { paramsTuple?: []; params?: {} }
    'api.v1.transactions.proposals.index': { paramsTuple?: []; params?: {} }
    'api.v1.transactions.proposals.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.reconciliations.index': { paramsTuple?: []; params?: {} }
    'api.v1.transactions.reconciliations.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.transactions.index': { paramsTuple?: []; params?: {} }
    'api.v1.transactions.transactions.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.gamification.badges.index': { paramsTuple?: []; params?: {} }
    'api.v1.gamification.challenges.index': { paramsTuple?: []; params?: {} }
    'api.v1.gamification.points.show': { paramsTuple?: []; params?: {} }
    'api.v1.gamification.leaderboards.show': { paramsTuple?: []; params?: {} }
    'admin.homes.show': { paramsTuple?: []; params?: {} }
  }
  HEAD: {
    'health.show': { paramsTuple?: []; params?: {} }
    'health.live': { paramsTuple?: []; params?: {} }
    'health.ready': { paramsTuple?: []; params?: {} }
    'metrics.show': { paramsTuple?: []; params?: {} }
    'docs.show': { paramsTuple?: []; params?: {} }
    'docs.openapi': { paramsTuple?: []; params?: {} }
    'docs.assets': { paramsTuple: [ParamValue]; params: {'file': ParamValue} }
    'api.v1.auth.live_sessions.index': { paramsTuple?: []; params?: {} }
    'api.v1.auth.tokens.index': { paramsTuple?: []; params?: {} }
    'auth.verify_email': { paramsTuple?: []; params?: {} }
    'auth.reset_password': { paramsTuple?: []; params?: {} }
    'api.v1.users.profiles.show': { paramsTuple?: []; params?: {} }
    'api.v1.wallet.accounts.index': { paramsTuple?: []; params?: {} }
    'api.v1.wallet.accounts.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.wallet.summaries.show': { paramsTuple?: []; params?: {} }
    'api.v1.wallet.cashflows.show': { paramsTuple?: []; params?: {} }
    'api.v1.wallet.net_worths.show': { paramsTuple?: []; params?: {} }
    'api.v1.wallet.analytics.show': { paramsTuple?: []; params?: {} }
    'api.v1.files.files.index': { paramsTuple?: []; params?: {} }
    'api.v1.files.files.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.files.downloads.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.users.me.exports.index': { paramsTuple?: []; params?: {} }
    'api.v1.users.me.exports.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.notifications.preferences.show': { paramsTuple?: []; params?: {} }
    'api.v1.notifications.alerts.index': { paramsTuple?: []; params?: {} }
    'api.v1.notifications.alerts.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.notifications.event_streams.show': { paramsTuple?: []; params?: {} }
    'api.v1.notifications.notifications.index': { paramsTuple?: []; params?: {} }
    'api.v1.notifications.notifications.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.notifications.webhooks.index': { paramsTuple?: []; params?: {} }
    'api.v1.notifications.webhooks.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.notifications.webhook_deliveries.index': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.categories.index': { paramsTuple?: []; params?: {} }
    'api.v1.transactions.categories.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.rules.index': { paramsTuple?: []; params?: {} }
    'api.v1.transactions.rules.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.rule_runs.index': { paramsTuple?: []; params?: {} }
    'api.v1.transactions.rule_runs.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.rule_run_changes.index': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.payees.index': { paramsTuple?: []; params?: {} }
    'api.v1.transactions.payee_aliases.index': { paramsTuple?: []; params?: {} }
    'api.v1.transactions.payee_aliases.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.profiles.index': { paramsTuple?: []; params?: {} }
    'api.v1.transactions.profiles.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.imports.index': { paramsTuple?: []; params?: {} }
    'api.v1.transactions.imports.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.import_rows.index': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.import_rows.show': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'number': ParamValue} }
    'api.v1.transactions.rejected_rows.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.exports.show': { paramsTuple?: []; params?: {} }
    'api.v1.transactions.changes.index': { paramsTuple?: []; params?: {} }
    'api.v1.transactions.proposals.index': { paramsTuple?: []; params?: {} }
    'api.v1.transactions.proposals.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.reconciliations.index': { paramsTuple?: []; params?: {} }
    'api.v1.transactions.reconciliations.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.transactions.index': { paramsTuple?: []; params?: {} }
    'api.v1.transactions.transactions.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.gamification.badges.index': { paramsTuple?: []; params?: {} }
    'api.v1.gamification.challenges.index': { paramsTuple?: []; params?: {} }
    'api.v1.gamification.points.show': { paramsTuple?: []; params?: {} }
    'api.v1.gamification.leaderboards.show': { paramsTuple?: []; params?: {} }
    'admin.homes.show': { paramsTuple?: []; params?: {} }
  }
  POST: {
    'api.v1.auth.registrations.store': { paramsTuple?: []; params?: {} }
    'api.v1.auth.sessions.store': { paramsTuple?: []; params?: {} }
    'api.v1.auth.refreshes.store': { paramsTuple?: []; params?: {} }
    'api.v1.auth.email_verifications.update': { paramsTuple?: []; params?: {} }
    'api.v1.auth.email_verifications.store': { paramsTuple?: []; params?: {} }
    'api.v1.auth.password_resets.store': { paramsTuple?: []; params?: {} }
    'api.v1.auth.password_resets.update': { paramsTuple?: []; params?: {} }
    'api.v1.auth.sessions.destroy': { paramsTuple?: []; params?: {} }
    'api.v1.auth.all_sessions.destroy': { paramsTuple?: []; params?: {} }
    'api.v1.auth.otp_enrolments.store': { paramsTuple?: []; params?: {} }
    'api.v1.auth.otp_confirmations.store': { paramsTuple?: []; params?: {} }
    'api.v1.auth.tokens.store': { paramsTuple?: []; params?: {} }
    'api.v1.users.me.passwords.update': { paramsTuple?: []; params?: {} }
    'api.v1.users.me.email_changes.store': { paramsTuple?: []; params?: {} }
    'api.v1.wallet.accounts.store': { paramsTuple?: []; params?: {} }
    'api.v1.files.files.store': { paramsTuple?: []; params?: {} }
    'api.v1.users.me.exports.store': { paramsTuple?: []; params?: {} }
    'api.v1.notifications.alerts.store': { paramsTuple?: []; params?: {} }
    'api.v1.notifications.readings.store': { paramsTuple?: []; params?: {} }
    'api.v1.notifications.webhooks.store': { paramsTuple?: []; params?: {} }
    'api.v1.notifications.webhook_secrets.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.notifications.webhook_pings.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.notifications.webhook_retries.store': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'deliveryId': ParamValue} }
    'api.v1.transactions.categories.store': { paramsTuple?: []; params?: {} }
    'api.v1.transactions.rules.store': { paramsTuple?: []; params?: {} }
    'api.v1.transactions.rule_previews.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.rule_runs.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.rule_run_reversals.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.payee_aliases.store': { paramsTuple?: []; params?: {} }
    'api.v1.transactions.transfers.store': { paramsTuple?: []; params?: {} }
    'api.v1.transactions.profiles.store': { paramsTuple?: []; params?: {} }
    'api.v1.transactions.imports.store': { paramsTuple?: []; params?: {} }
    'api.v1.transactions.confirmations.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.reversals.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.bulk_operations.store': { paramsTuple?: []; params?: {} }
    'api.v1.transactions.acceptances.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.refusals.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.reconciliations.store': { paramsTuple?: []; params?: {} }
    'api.v1.transactions.completions.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.transactions.store': { paramsTuple?: []; params?: {} }
    'api.v1.gamification.challenge_participations.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
  }
  DELETE: {
    'api.v1.auth.live_sessions.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.auth.otp_enrolments.destroy': { paramsTuple?: []; params?: {} }
    'api.v1.auth.tokens.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.users.me.erasures.store': { paramsTuple?: []; params?: {} }
    'api.v1.wallet.accounts.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.files.files.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.notifications.alerts.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.notifications.notifications.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.notifications.webhooks.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.categories.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.rules.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.payee_aliases.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.profiles.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.acceptances.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.reconciliations.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.completions.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.transactions.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.gamification.challenge_participations.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
  }
  PATCH: {
    'api.v1.users.profiles.update': { paramsTuple?: []; params?: {} }
    'api.v1.wallet.accounts.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.notifications.alerts.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.notifications.notifications.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.notifications.webhooks.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.categories.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.rules.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.payee_aliases.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.profiles.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.import_rows.update': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'number': ParamValue} }
    'api.v1.transactions.reconciliations.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.transactions.transactions.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
  }
  PUT: {
    'api.v1.notifications.preferences.update': { paramsTuple?: []; params?: {} }
    'api.v1.transactions.splits.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.v1.gamification.leaderboard_participations.update': { paramsTuple?: []; params?: {} }
  }
}
declare module '@adonisjs/core/types/http' {
  export interface RoutesList extends ScannedRoutes {}
}