import { BaseSchema } from '@adonisjs/lucid/schema'
import { protectTable } from '#database/protection'

/**
 * Daily and monthly totals per account, category and currency, kept by
 * statement-level triggers: one bulk insert costs one update per touched
 * bucket, whoever writes. A posting is a transaction without splits, or one
 * split of a transaction. Sums are by the sign of the transaction (expenses
 * positive); transfers stand apart, because they are neither.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      ${this.#bounds()}
      ${this.#table('daily_totals', 'day')}
      ${this.#table('monthly_totals', 'month')}

      ${this.#trigger('transactions', 'INSERT', ['new_rows'], 'NOT is_split')}
      ${this.#trigger('transactions', 'DELETE', ['old_rows'], 'NOT is_split')}
      ${this.#trigger('transactions', 'UPDATE', ['new_rows', 'old_rows'], 'NOT is_split')}
      ${this.#trigger('transaction_splits', 'INSERT', ['new_rows'], 'true')}
      ${this.#trigger('transaction_splits', 'DELETE', ['old_rows'], 'true')}
      ${this.#trigger('transaction_splits', 'UPDATE', ['new_rows', 'old_rows'], 'true')}

      /* Splits follow their transaction to another day or account. */
      CREATE OR REPLACE FUNCTION splits_follow_transactions() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        UPDATE transaction_splits s
        SET account_id = t.account_id, booked_on = t.booked_on, currency = t.currency, kind = t.kind
        FROM new_rows t
        WHERE t.is_split AND s.user_id = t.user_id AND s.transaction_id = t.id
          AND (s.account_id, s.booked_on, s.currency, s.kind) IS DISTINCT FROM (t.account_id, t.booked_on, t.currency, t.kind);
        RETURN NULL;
      END $$;
      CREATE TRIGGER splits_follow AFTER UPDATE ON transactions REFERENCING NEW TABLE AS new_rows
        FOR EACH STATEMENT EXECUTE FUNCTION splits_follow_transactions();

      /* At commit, the splits of a transaction add up to it exactly. */
      CREATE OR REPLACE FUNCTION splits_add_up() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        owner uuid := coalesce(NEW.user_id, OLD.user_id);
        subject uuid := CASE TG_TABLE_NAME WHEN 'transactions' THEN (to_jsonb(NEW) ->> 'id')::uuid
          ELSE (coalesce(to_jsonb(NEW), to_jsonb(OLD)) ->> 'transaction_id')::uuid END;
      BEGIN
        IF EXISTS (
          SELECT 1 FROM transactions t
          WHERE t.user_id = owner AND t.id = subject
            AND (SELECT coalesce(sum(s.amount_minor), 0) FROM transaction_splits s
                 WHERE s.user_id = t.user_id AND s.transaction_id = t.id)
              <> CASE WHEN t.is_split THEN t.amount_minor ELSE 0 END
        ) THEN
          RAISE EXCEPTION 'splits of transaction % do not add up', subject USING ERRCODE = 'check_violation';
        END IF;
        RETURN NULL;
      END $$;
      CREATE CONSTRAINT TRIGGER splits_add_up AFTER INSERT OR UPDATE OR DELETE ON transaction_splits
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION splits_add_up();
      CREATE CONSTRAINT TRIGGER splits_add_up_to_new AFTER INSERT ON transactions
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.is_split) EXECUTE FUNCTION splits_add_up();
      CREATE CONSTRAINT TRIGGER splits_add_up_to_changed AFTER UPDATE ON transactions
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.is_split OR NEW.is_split) EXECUTE FUNCTION splits_add_up();
    `)
  }

  async down() {
    this.schema.raw(`
      DROP TABLE daily_totals, monthly_totals CASCADE;
      DROP FUNCTION account_fits() CASCADE;
      DROP FUNCTION ledger_fits(uuid);
      DROP FUNCTION splits_follow_transactions() CASCADE;
      DROP FUNCTION splits_add_up() CASCADE;
      ${['transactions', 'transaction_splits']
        .flatMap((table) => ['insert', 'update', 'delete'].map((verb) => `${table}_total_${verb}`))
        .map((name) => `DROP FUNCTION ${name}() CASCADE;`)
        .join('\n')}
    `)
  }

  /**
   * JSON numbers hold ±(2^53−1) exactly, and every sum over a ledger must fit.
   */
  #bounds() {
    return `
      CREATE OR REPLACE FUNCTION ledger_fits(owner uuid) RETURNS void LANGUAGE plpgsql AS $$
      BEGIN
        IF (SELECT coalesce(sum(abs(opening_balance_minor)), 0) FROM accounts WHERE user_id = owner)
          + (SELECT coalesce(sum(abs(income_minor) + abs(expense_minor) + abs(transfer_minor)), 0)
             FROM monthly_totals WHERE user_id = owner) > 9007199254740991 THEN
          RAISE EXCEPTION 'the ledger adds up to more than 2^53-1' USING ERRCODE = 'numeric_value_out_of_range';
        END IF;
      END $$;
      CREATE OR REPLACE FUNCTION account_fits() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM ledger_fits(NEW.user_id);
        RETURN NULL;
      END $$;
      CREATE TRIGGER account_fits AFTER INSERT OR UPDATE ON accounts FOR EACH ROW
        WHEN (NEW.opening_balance_minor <> 0) EXECUTE FUNCTION account_fits();`
  }

  #table(name: string, period: string) {
    return `
      CREATE TABLE ${name} (
        user_id uuid NOT NULL,
        account_id uuid NOT NULL,
        ${period} date NOT NULL,
        category_id uuid,
        currency char(3) NOT NULL,
        income_minor bigint NOT NULL,
        expense_minor bigint NOT NULL,
        transfer_minor bigint NOT NULL,
        income_count bigint NOT NULL,
        expense_count bigint NOT NULL,
        transfer_count bigint NOT NULL,
        CONSTRAINT ${name}_bucket UNIQUE NULLS NOT DISTINCT (user_id, ${period}, account_id, category_id, currency)
      ) WITH (fillfactor = 80);
      ${protectTable(name)}`
  }

  #trigger(table: string, verb: string, sources: string[], counted: string) {
    const name = `${table}_total_${verb.toLowerCase()}`
    const postings = sources
      .map(
        (source) => `
          SELECT user_id, account_id, booked_on, category_id, currency, kind, amount_minor,
            ${source === 'new_rows' ? '1' : '-1'} AS sign FROM ${source} WHERE ${counted}`
      )
      .join(' UNION ALL ')
    const referencing = sources
      .map((source) => `${source === 'new_rows' ? 'NEW' : 'OLD'} TABLE AS ${source}`)
      .join(' ')

    return `
      CREATE OR REPLACE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        WITH deltas AS MATERIALIZED (
          SELECT user_id, booked_on AS day, account_id, category_id, currency,
            coalesce(sum(sign * amount_minor) FILTER (WHERE kind = 'income'), 0)::bigint AS income,
            coalesce(sum(-sign * amount_minor) FILTER (WHERE kind = 'expense'), 0)::bigint AS expense,
            coalesce(sum(sign * amount_minor) FILTER (WHERE kind = 'transfer'), 0)::bigint AS transfer,
            coalesce(sum(sign) FILTER (WHERE kind = 'income'), 0)::bigint AS incomes,
            coalesce(sum(sign) FILTER (WHERE kind = 'expense'), 0)::bigint AS expenses,
            coalesce(sum(sign) FILTER (WHERE kind = 'transfer'), 0)::bigint AS transfers
          FROM (${postings}) AS p
          GROUP BY 1, 2, 3, 4, 5
        ), daily AS (
          INSERT INTO daily_totals AS t
          SELECT user_id, account_id, day, category_id, currency, income, expense, transfer,
            incomes, expenses, transfers
          FROM deltas
          WHERE (income, expense, transfer, incomes, expenses, transfers) <> (0, 0, 0, 0, 0, 0)
          ORDER BY user_id, day, account_id, category_id
          ${this.#add('daily_totals')}
        )
        INSERT INTO monthly_totals AS t
        SELECT user_id, account_id, date_trunc('month', day)::date, category_id, currency,
          sum(income), sum(expense), sum(transfer), sum(incomes), sum(expenses), sum(transfers)
        FROM deltas
        GROUP BY 1, 3, 2, 4, 5
        HAVING (sum(income), sum(expense), sum(transfer), sum(incomes), sum(expenses), sum(transfers))
          <> (0, 0, 0, 0, 0, 0)
        ORDER BY 1, 3, 2, 4
        ${this.#add('monthly_totals')};
        ${sources.includes('old_rows') ? this.#sweep(counted) : ''}
        ${sources.includes('new_rows') ? this.#measure() : ''}
        RETURN NULL;
      END $$;
      CREATE TRIGGER ${name} AFTER ${verb} ON ${table} REFERENCING ${referencing}
        FOR EACH STATEMENT EXECUTE FUNCTION ${name}();`
  }

  #measure() {
    return `PERFORM ledger_fits(owner)
      FROM (SELECT DISTINCT user_id AS owner FROM new_rows) AS owners;`
  }

  #add(table: string) {
    return `
      ON CONFLICT ON CONSTRAINT ${table}_bucket DO UPDATE SET
        income_minor = t.income_minor + excluded.income_minor,
        expense_minor = t.expense_minor + excluded.expense_minor,
        transfer_minor = t.transfer_minor + excluded.transfer_minor,
        income_count = t.income_count + excluded.income_count,
        expense_count = t.expense_count + excluded.expense_count,
        transfer_count = t.transfer_count + excluded.transfer_count`
  }

  #sweep(counted: string) {
    return ['daily_totals', 'monthly_totals']
      .map((table) => {
        const day = table === 'daily_totals' ? 'booked_on' : `date_trunc('month', booked_on)::date`
        const period = table === 'daily_totals' ? 'day' : 'month'
        return `
          DELETE FROM ${table} t USING (
            SELECT DISTINCT user_id, account_id, ${day} AS period FROM old_rows WHERE ${counted}
          ) AS touched
          WHERE t.income_count + t.expense_count + t.transfer_count = 0 AND t.user_id = touched.user_id AND t.account_id = touched.account_id
            AND t.${period} = touched.period;`
      })
      .join('\n')
  }
}
