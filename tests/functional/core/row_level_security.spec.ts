import { test } from '@japa/runner'
import { roles } from '#config/database'
import { catalog, userTableNames, userTables } from '#tests/support/catalog'

/** Tables without users' data. A new table stands here, or carries `user_id`. */
const SHARED = [
  'adonis_schema',
  'adonis_schema_versions',
  'failure_reports',
  'job_failures',
  'mails',
  'outbox',
  'password_guesses',
  'secret_holders',
  'secret_keys',
  'verifications',
]

test.group('Row-level security / catalog', () => {
  test('knows whose every table is', async ({ assert }) => {
    const tables = await catalog<{ name: string }>(
      `SELECT relname AS name FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace
       WHERE nspname = 'public' AND relkind IN ('r', 'p', 'f', 'm', 'v')`
    )

    const owned = await userTables()

    assert.isAbove(owned.length, 10)
    assert.sameMembers(
      tables.map(({ name }) => name),
      [...owned.map(({ name }) => name), ...SHARED]
    )
  })

  test("is forced on every user's table", async ({ assert }) => {
    const open = await catalog<{ name: string }>(
      `SELECT relname AS name FROM pg_class
       WHERE relname = ANY(?) AND relnamespace = 'public'::regnamespace
         AND NOT (relrowsecurity AND relforcerowsecurity)`,
      [(await userTableNames()) as never]
    )

    assert.deepEqual(open, [])
  })

  test('scopes the application and the owner', async ({ assert }) => {
    const policies = await catalog<{ name: string; roles: string[]; cmd: string; policy: string }>(
      `SELECT tablename AS name, policyname AS policy, roles::text[] AS roles, cmd,
         permissive FROM pg_policies WHERE schemaname = 'public'`
    )
    const { app, system } = { app: roles.app.user, system: roles.system.user }

    const tenantTables = policies.filter(({ policy }) => policy === 'tenant')
    const systemTables = policies.filter(({ policy }) => policy === 'system')
    const others = policies.filter(({ policy }) => policy !== 'tenant' && policy !== 'system')

    const names = await userTableNames()
    assert.sameMembers(
      tenantTables.map(({ name }) => name),
      names
    )
    assert.sameMembers(
      systemTables.map(({ name }) => name),
      names
    )
    const [{ owner }] = await catalog<{ owner: string }>(
      `SELECT tableowner AS owner FROM pg_tables WHERE tablename = 'users'`
    )
    for (const policy of tenantTables) assert.sameMembers(policy.roles, [app, owner])
    assert.isTrue(systemTables.every((policy) => policy.roles.join() === system))
    assert.deepEqual(
      others.map((policy) => [policy.name, policy.policy, policy.cmd, policy.roles]),
      [['users', 'sign_in', 'SELECT', [app]]]
    )
  })

  test('compares each owner with the scope', async ({ assert }) => {
    const policies = await catalog<{ name: string; qual: string; check: string }>(
      `SELECT tablename AS name, qual, with_check AS check FROM pg_policies WHERE policyname = 'tenant'`
    )

    for (const { name, owner } of await userTables()) {
      const policy = policies.find((each) => each.name === name)!
      assert.match(policy.qual, new RegExp(`^\\(${owner} = .*finora\\.user_id`), name)
      assert.equal(policy.check, policy.qual, name)
    }
  })

  test('gives its roles no way around', async ({ assert }) => {
    const { app, system } = roles
    const powers = await catalog(
      `SELECT rolname FROM pg_roles WHERE rolname IN (?, ?)
         AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication)`,
      [app.user, system.user]
    )
    const memberships = await catalog(
      `SELECT 1 FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member WHERE r.rolname IN (?, ?)`,
      [app.user, system.user]
    )
    const owned = await catalog(
      `SELECT relname FROM pg_class WHERE pg_get_userbyid(relowner) IN (?, ?)
       UNION ALL SELECT proname FROM pg_proc WHERE pg_get_userbyid(proowner) IN (?, ?)`,
      [app.user, system.user, app.user, system.user]
    )
    const definers = await catalog(
      `SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace`
    )

    assert.deepEqual([powers, memberships, owned, definers], [[], [], [], []])
  })

  test('leads every key with the user', async ({ assert }) => {
    const keys = await catalog<{ name: string; constraint: string; first: string }>(
      `SELECT c.conrelid::regclass::text AS name, c.conname AS constraint, a.attname AS first
       FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
       WHERE c.contype IN ('p', 'u', 'f') AND c.connamespace = 'public'::regnamespace`
    )

    const names = new Set(await userTableNames())
    const wrong = keys.filter(({ name, first }) => names.has(name) && first !== 'user_id')

    assert.deepEqual(wrong.map(({ name, constraint }) => `${name} ${constraint}`).sort(), [
      'users users_email_unique',
      'users users_pkey',
    ])
  })

  test("points at nobody else's rows", async ({ assert }) => {
    const references = await catalog<{
      name: string
      target: string
      from: string[]
      to: string[]
    }>(
      `SELECT c.conrelid::regclass::text AS name, c.confrelid::regclass::text AS target,
         ARRAY(SELECT a.attname::text FROM unnest(c.conkey) WITH ORDINALITY k(n, i)
           JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.n ORDER BY i) AS from,
         ARRAY(SELECT a.attname::text FROM unnest(c.confkey) WITH ORDINALITY k(n, i)
           JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.n ORDER BY i) AS to
       FROM pg_constraint c WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace`
    )

    const isShared = (name: string) => SHARED.includes(name)
    const loose = references
      .filter(({ name, target }) => !isShared(name) || !isShared(target))
      .filter(
        ({ target, from, to }) =>
          from[0] !== 'user_id' || to[0] !== (target === 'users' ? 'id' : 'user_id')
      )

    assert.isAbove(references.length, 8)
    assert.deepEqual(loose, [])
  })

  test('grants nothing to everybody', async ({ assert }) => {
    const grants = await catalog(
      `SELECT table_name FROM information_schema.role_table_grants
       WHERE table_schema = 'public' AND grantee = 'PUBLIC'`
    )

    assert.deepEqual(grants, [])
  })
})
