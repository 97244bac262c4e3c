/*
| What a careful person asks Postgres for the same answers: over the same
| totals, with the user's id written into every condition ($1) instead of
| row-level security. Each is prepared once per connection.
*/

export const SUMMARY_ACCOUNTS = `
  SELECT a.id, a.name, a.currency,
    (a.opening_balance_minor + coalesce(sum(t.income_minor - t.expense_minor + t.transfer_minor), 0))::bigint AS balance,
    coalesce(sum(t.income_minor), 0)::bigint AS income,
    coalesce(sum(t.expense_minor), 0)::bigint AS expenses
  FROM accounts a
  LEFT JOIN monthly_totals t ON t.user_id = a.user_id AND t.account_id = a.id
  WHERE a.user_id = $1
  GROUP BY a.user_id, a.id ORDER BY a.created_at, a.id`

export const SUMMARY_CATEGORIES = `
  SELECT c.id, c.name, sum(t.expense_minor - t.income_minor)::bigint AS amount,
    sum(t.expense_count + t.income_count)::bigint AS count
  FROM monthly_totals t
  JOIN categories c ON c.user_id = t.user_id AND c.id = t.category_id
  WHERE t.user_id = $1 AND t.currency = 'EUR' AND c.kind = 'expense'
  GROUP BY c.id, c.name ORDER BY amount DESC LIMIT 10`

export const CASHFLOW = `
  SELECT month, sum(income_minor)::bigint AS income, sum(expense_minor)::bigint AS expenses
  FROM monthly_totals WHERE user_id = $1 AND currency = 'EUR'
  GROUP BY month ORDER BY month`

export const NET_WORTH = `
  SELECT month, sum(sum(income_minor - expense_minor + transfer_minor)) OVER (ORDER BY month)::bigint AS worth
  FROM monthly_totals WHERE user_id = $1 AND currency = 'EUR'
  GROUP BY month ORDER BY month`

export const ACCOUNT_LIST = `
  SELECT a.id, a.name, a.type, a.currency, a.opening_balance_minor AS "openingBalance",
    (a.opening_balance_minor + coalesce((
      SELECT sum(t.income_minor - t.expense_minor + t.transfer_minor)
      FROM monthly_totals t WHERE t.user_id = a.user_id AND t.account_id = a.id
    ), 0))::bigint AS balance,
    a.archived_at AS "archivedAt", a.created_at AS "createdAt"
  FROM accounts a WHERE a.user_id = $1 ORDER BY a.id LIMIT 51`

export const TRANSACTION = `
  SELECT t.id, t.account_id AS "accountId", t.kind, t.amount_minor AS amount, t.currency,
    t.booked_on AS "bookedOn", t.payee, t.description, t.category_id AS "categoryId",
    c.name AS "categoryName", t.tags, t.notes, t.transfer_id AS "transferId",
    t.import_id AS "importId", t.external_id AS "externalId",
    t.created_at AS "createdAt", t.updated_at AS "updatedAt",
    CASE WHEN t.is_split THEN (
      SELECT json_agg(json_build_object('categoryId', s.category_id, 'amount', s.amount_minor, 'note', s.note))
      FROM transaction_splits s WHERE s.user_id = t.user_id AND s.transaction_id = t.id
    ) END AS splits
  FROM transactions t
  LEFT JOIN categories c ON c.user_id = t.user_id AND c.id = t.category_id
  WHERE t.user_id = $1 AND t.id = $2`
