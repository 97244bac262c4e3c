import router from '@adonisjs/core/services/router'
import { HttpContextFactory } from '@adonisjs/core/factories/http'
import { test } from '@japa/runner'
import CanMiddleware from '#core/authorization/can_middleware'
import { NotFound } from '#core/http/problem'
import { system } from '#core/database/system'
import { household, newcomer } from '#tests/support/household'
import { signIn } from '#tests/support/sign_in'

/** Routes without a guard. A new route has one, or stands here. */
const PUBLIC = [
  'GET /docs',
  'GET /docs/assets/:file',
  'GET /docs/openapi.json',
  'GET /health',
  'GET /health/live',
  'GET /health/ready',
  'GET /metrics',
  'GET /reset-password',
  'GET /verify-email',
  'POST /api/v1/auth/forgot-password',
  'POST /api/v1/auth/login',
  'POST /api/v1/auth/refresh',
  'POST /api/v1/auth/register',
  'POST /api/v1/auth/reset-password',
  'POST /api/v1/auth/verify-email',
  'POST /api/v1/auth/verify-email/resend',
]

/** Guesses against a refresh token are hopeless, and a shared address must not sign many out. */
const UNLIMITED_DOORS = ['POST /api/v1/auth/refresh']

interface Described {
  name: string
  middleware: { name: string; args: unknown }[]
}

function everyRoute(): Described[] {
  router.commit()
  return Object.values(router.toJSON())
    .flat()
    .map(({ methods, pattern, middleware }) => ({
      name: `${methods.filter((method) => method !== 'HEAD').join()} ${pattern}`,
      middleware: [...middleware.all()].flatMap((each) =>
        typeof each === 'object' && each.name ? [{ name: each.name, args: each.args }] : []
      ),
    }))
}

const uses = (route: Described, name: string) =>
  route.middleware.some((middleware) => middleware.name === name)

test.group('Routes / guards', () => {
  test('have a guard or are public', ({ assert }) => {
    const open = everyRoute().filter((route) => !uses(route, 'auth') && !uses(route, 'can'))

    assert.sameMembers(
      open.map(({ name }) => name),
      PUBLIC
    )
  })

  test('are few where nobody signed in', ({ assert }) => {
    const doors = everyRoute().filter(
      (route) => PUBLIC.includes(route.name) && route.name.startsWith('POST')
    )

    const unlimited = doors.filter((route) => !uses(route, 'limit'))

    assert.deepEqual(
      unlimited.map(({ name }) => name),
      UNLIMITED_DOORS
    )
  })

  test('of the console take no token', ({ assert }) => {
    const console = everyRoute().filter(({ name }) => / \/admin(\/|$)/.test(name))

    const guardsOf = ({ middleware }: Described) =>
      middleware.filter(({ name }) => name === 'auth').map(({ args }) => args)

    assert.isNotEmpty(console)
    for (const route of console) {
      assert.isTrue(uses(route, 'can'), route.name)
      assert.notMatch(JSON.stringify(guardsOf(route)), /jwt|pat/, route.name)
    }
  })
})

test.group('Abilities', () => {
  test('let {role} into the console: {may}')
    .with([
      { role: 'USER', may: false },
      { role: 'SUPPORT', may: true },
      { role: 'ADMIN', may: true },
      { role: 'admin', may: false },
      { role: undefined, may: false },
    ])
    .run(async ({ assert }, { role, may }) => {
      const ctx = new HttpContextFactory().create()
      if (role) ctx.caller = { user: async () => ({ role }) } as never
      let isInside = false

      const attempt = new CanMiddleware()
        .handle(ctx, async () => void (isInside = true), 'openConsole')
        .catch((error) => error)

      assert.equal((await attempt) instanceof NotFound, !may)
      assert.equal(isInside, may)
    })
})

test.group('Console / door', () => {
  test('is not there for {title}')
    .with([
      { title: 'nobody', role: null },
      { title: 'a USER', role: 'USER' },
      { title: 'a SUPPORT with a token of the API', role: 'SUPPORT' },
      { title: 'an ADMIN with a token of the API', role: 'ADMIN' },
    ])
    .run(async ({ client, assert }, { role }) => {
      const { user } = await household({ checking: 0 })
      await system.transaction((trx) =>
        trx
          .from('users')
          .where('id', user.id)
          .update({ role: role ?? 'USER' })
      )
      const { accessToken } = await signIn(client, user)
      const ask = (path: string) => {
        const request = client.get(path).header('accept', 'text/html')
        return role ? request.bearerToken(accessToken) : request
      }

      const [door, nothing] = [await ask('/admin'), await ask('/nothing')]

      door.assertStatus(404)
      assert.equal(withoutId(door.text()), withoutId(nothing.text()))
      assert.notProperty(door.headers(), 'set-cookie')
    })

  test('is no part of the API', async ({ client }) => {
    const user = await newcomer()

    const inside = await client.get('/api/v1/admin').loginAs(user)
    const around = await client.get('/api/v1/../../admin').loginAs(user)

    inside.assertStatus(404)
    around.assertStatus(404)
  })
})

function withoutId(page: string) {
  return page.replace(/^Request .*$/m, '')
}
