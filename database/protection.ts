import { roles } from '#config/database'

const app = `"${roles.app.user}"`
const system = `"${roles.system.user}"`

/**
 * The user whose rows the current transaction may see, or NULL. As a sub-select it
 * is evaluated once a query instead of once a row, and the planner can't bet on
 * one user's statistics.
 */
export const SCOPE = `(SELECT nullif(current_setting('finora.user_id', true), '')::uuid)`

type Grant = 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE'

/**
 * SQL that puts a table of users' data under forced row-level security: the
 * application role sees the rows of the transaction's scope, the system role
 * all, everybody else none. The owner has a scope too and no more: since Postgres
 * 18, triggers that a cascade sets off run as the owner of the table.
 *
 * @param owner the column that holds the user's id
 */
export function protectTable(
  table: string,
  grants: Grant[] = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
  owner = 'user_id'
) {
  return `
    ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
    CREATE POLICY tenant ON ${table} TO ${app}, CURRENT_USER USING (${owner} = ${SCOPE}) WITH CHECK (${owner} = ${SCOPE});
    CREATE POLICY system ON ${table} TO ${system} USING (true) WITH CHECK (true);
    GRANT ${grants.join(', ')} ON ${table} TO ${app};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ${table} TO ${system};
  `
}

/** SQL that opens a table without users' data to both roles. */
export function shareTable(table: string, grants: Grant[]) {
  return `GRANT ${grants.join(', ')} ON ${table} TO ${app}; GRANT ${grants.join(', ')}, DELETE ON ${table} TO ${system};`
}

/** SQL that makes the two logins and gives them today's passwords. */
export function provisionRoles(literal: (text: string) => string) {
  return Object.values(roles)
    .map(
      ({ user, password }) => `
        DO $$ BEGIN
          CREATE ROLE "${user}" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
        EXCEPTION WHEN duplicate_object THEN NULL; END $$;
        ALTER ROLE "${user}" PASSWORD ${literal(password)};
        GRANT USAGE ON SCHEMA public TO "${user}";`
    )
    .join('\n')
}
