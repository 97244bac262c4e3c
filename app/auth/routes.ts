import router from '@adonisjs/core/services/router'
import { uuid } from '#core/http/route_matchers'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'

router
  .group(() => {
    router.post('register', [controllers.auth.Registrations, 'store']).use(middleware.limit('auth'))
    router.post('login', [controllers.auth.Sessions, 'store']).use(middleware.limit('auth'))
    router.post('refresh', [controllers.auth.Refreshes, 'store'])

    router
      .post('verify-email', [controllers.auth.EmailVerifications, 'update'])
      .use(middleware.limit('auth'))
    router
      .post('verify-email/resend', [controllers.auth.EmailVerifications, 'store'])
      .use(middleware.limit('auth'))
    router
      .post('forgot-password', [controllers.auth.PasswordResets, 'store'])
      .use(middleware.limit('auth'))
    router
      .post('reset-password', [controllers.auth.PasswordResets, 'update'])
      .use(middleware.limit('auth'))

    router
      .group(() => {
        router.get('sessions', [controllers.auth.LiveSessions, 'index'])
        router.delete('sessions/:id', [controllers.auth.LiveSessions, 'destroy']).where('id', uuid)
        router.post('logout', [controllers.auth.Sessions, 'destroy'])
        router.post('logout-all', [controllers.auth.AllSessions, 'destroy'])

        router
          .post('otp', [controllers.auth.OtpEnrolments, 'store'])
          .use([middleware.limit('auth'), middleware.idempotent()])
        router.delete('otp', [controllers.auth.OtpEnrolments, 'destroy'])
        router
          .post('otp/confirm', [controllers.auth.OtpConfirmations, 'store'])
          .use(middleware.limit('auth'))

        router.get('tokens', [controllers.auth.Tokens, 'index'])
        router
          .post('tokens', [controllers.auth.Tokens, 'store'])
          .use([middleware.limit('auth'), middleware.idempotent()])
        router.delete('tokens/:id', [controllers.auth.Tokens, 'destroy']).where('id', uuid)
      })
      .use(middleware.auth({ guards: ['jwt'] }))
  })
  .prefix('/api/v1/auth')
  .as('api.v1.auth')

router
  .group(() => {
    router.post('password', [controllers.auth.Passwords, 'update']).use(middleware.limit('auth'))
    router.post('email', [controllers.auth.EmailChanges, 'store']).use(middleware.limit('auth'))
    router.delete('/', [controllers.auth.Erasures, 'store']).use(middleware.limit('auth'))
  })
  .prefix('/api/v1/users/me')
  .as('api.v1.users.me')
  .use(middleware.auth({ guards: ['jwt'] }))

/** Where the links of mails lead. */
router.get('/verify-email', [controllers.auth.MailLinks, 'show']).as('auth.verify_email')
router.get('/reset-password', [controllers.auth.MailLinks, 'show']).as('auth.reset_password')
