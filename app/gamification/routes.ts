import router from '@adonisjs/core/services/router'
import { uuid } from '#core/http/route_matchers'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'

router
  .group(() => {
    router.get('badges', [controllers.gamification.Badges, 'index'])
    router.get('challenges', [controllers.gamification.Challenges, 'index'])
    router
      .post('challenges/:id/participation', [
        controllers.gamification.ChallengeParticipations,
        'store',
      ])
      .where('id', uuid)
      .use(middleware.idempotent())
    router
      .delete('challenges/:id/participation', [
        controllers.gamification.ChallengeParticipations,
        'destroy',
      ])
      .where('id', uuid)
    router.get('points', [controllers.gamification.Points, 'show'])
    router.get('leaderboard', [controllers.gamification.Leaderboards, 'show'])
    router.put('leaderboard/participation', [
      controllers.gamification.LeaderboardParticipations,
      'update',
    ])
  })
  .prefix('/api/v1/gamification')
  .as('api.v1.gamification')
  .use(middleware.auth({ guards: ['jwt', 'pat'] }))
