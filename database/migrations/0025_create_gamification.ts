import { BaseSchema } from '@adonisjs/lucid/schema'
import { protectTable } from '#database/protection'
import { roles } from '#config/database'

/**
 * Badges and challenges, which are everybody's, and what each user has of them.
 * Points are a ledger that only grows: what is no longer earned is reversed.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      ${this.#definitions()}
      ${this.#standing()}
      ${this.#ledger()}

      /* What a person entered, by the moment they did: a history of imports isn't read for it. */
      CREATE INDEX transactions_recorded ON transactions (user_id, created_at)
        INCLUDE (id, booked_on, transfer_id) WHERE import_id IS NULL;
    `)
  }

  async down() {
    this.schema.raw(`
      DROP INDEX transactions_recorded;
      DROP TABLE point_transactions, leaderboard_participations, challenge_progress, user_badges,
        gamification_states, challenges, badges CASCADE;
      DROP FUNCTION balance_points();
    `)
  }

  /** version: moves on with each revision. Retired ones are awarded to nobody any more. */
  #definitions() {
    const columns = `
        id uuid PRIMARY KEY,
        code varchar(50) NOT NULL UNIQUE CHECK (code ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
        version integer NOT NULL DEFAULT 1,
        name varchar(100) NOT NULL,
        description varchar(300) NOT NULL,
        tier varchar(10) NOT NULL CHECK (tier IN ('bronze', 'silver', 'gold')),
        points integer NOT NULL CHECK (points BETWEEN 0 AND 10000),
        condition jsonb NOT NULL,
        active boolean NOT NULL DEFAULT true,
        retired_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CHECK (active = (retired_at IS NULL))`
    const grants = (table: string) => `
      GRANT SELECT ON ${table} TO "${roles.app.user}";
      GRANT SELECT, INSERT, UPDATE, DELETE ON ${table} TO "${roles.system.user}";`
    return `
      CREATE TABLE badges (${columns});
      ${grants('badges')}

      /* settles: at-once when the condition is met, or at-end when the period is over. */
      CREATE TABLE challenges (${columns},
        period varchar(10) NOT NULL CHECK (period IN ('week', 'month')),
        settles varchar(10) NOT NULL CHECK (settles IN ('at-once', 'at-end'))
      );
      ${grants('challenges')}`
  }

  /**
   * gamification_states: marked_at says that something happened since the last
   * evaluation, due_at when the clock alone changes something, judged_by under
   * which rules and definitions it was.
   */
  #standing() {
    return `
      CREATE TABLE gamification_states (
        user_id uuid PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
        marked_at timestamptz,
        evaluated_at timestamptz,
        due_at timestamptz,
        judged_by varchar(50),
        consistency smallint NOT NULL DEFAULT 0 CHECK (consistency BETWEEN 0 AND 100)
      );
      CREATE INDEX gamification_states_marked ON gamification_states (marked_at) WHERE marked_at IS NOT NULL;
      CREATE INDEX gamification_states_due ON gamification_states (due_at);
      ${protectTable('gamification_states')}

      CREATE TABLE user_badges (
        user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        badge_id uuid NOT NULL REFERENCES badges (id),
        version integer NOT NULL,
        earned_at timestamptz NOT NULL DEFAULT now(),
        revoked_at timestamptz,
        revocation varchar(20) CHECK (revocation IN ('cause-gone', 'rules-changed')),
        PRIMARY KEY (user_id, badge_id),
        CHECK ((revoked_at IS NULL) = (revocation IS NULL))
      );
      ${protectTable('user_badges')}

      CREATE TABLE challenge_progress (
        user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        challenge_id uuid NOT NULL REFERENCES challenges (id),
        first_day date NOT NULL,
        last_day date NOT NULL,
        progress numeric(5, 4) NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 1),
        version integer NOT NULL,
        joined_at timestamptz NOT NULL DEFAULT now(),
        completed_at timestamptz,
        PRIMARY KEY (user_id, challenge_id, first_day)
      );
      ${protectTable('challenge_progress')}

      CREATE TABLE leaderboard_participations (
        user_id uuid PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
        nickname varchar(30) NOT NULL,
        joined_at timestamptz NOT NULL DEFAULT now()
      );
      ${protectTable('leaderboard_participations')}`
  }

  /**
   * source, code and period name the unit of account: the entries of a unit add up
   * to what it has earned. Evaluations of one user follow each other.
   */
  #ledger() {
    return `
      CREATE TABLE point_transactions (
        user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        position bigint NOT NULL,
        id uuid NOT NULL,
        source varchar(10) NOT NULL CHECK (source IN ('rule', 'badge', 'challenge')),
        code varchar(50) NOT NULL,
        period date,
        amount integer NOT NULL CHECK (amount <> 0),
        balance bigint NOT NULL CHECK (balance >= 0),
        cause varchar(20) NOT NULL CHECK (cause IN ('earned', 'cause-gone', 'rules-changed')),
        version integer NOT NULL,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (user_id, id),
        CONSTRAINT point_transactions_order UNIQUE (user_id, position)
      );
      CREATE INDEX point_transactions_units ON point_transactions (user_id, source, code, period)
        INCLUDE (amount, version);
      ${protectTable('point_transactions', ['SELECT', 'INSERT'])}
      REVOKE UPDATE, DELETE ON point_transactions FROM "${roles.system.user}";

      CREATE OR REPLACE FUNCTION balance_points() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE last point_transactions;
      BEGIN
        PERFORM FROM gamification_states s WHERE s.user_id = NEW.user_id FOR UPDATE;
        SELECT * INTO last FROM point_transactions p WHERE p.user_id = NEW.user_id
          ORDER BY p.position DESC LIMIT 1;
        NEW.position := coalesce(last.position, 0) + 1;
        NEW.balance := coalesce(last.balance, 0) + NEW.amount;
        RETURN NEW;
      END $$;
      CREATE TRIGGER balance BEFORE INSERT ON point_transactions
        FOR EACH ROW EXECUTE FUNCTION balance_points();`
  }
}
