import type { PersonalData } from '#core/personal_data/exported'

/** What a person has of points, badges and challenges. */
const exportedHabits: PersonalData = {
  tables: [
    {
      name: 'badges',
      about: 'Badges you earned.',
      table: 'user_badges',
      columns: {
        badge: ['(SELECT name FROM badges b WHERE b.id = badge_id)', 'The badge'],
        version: ['version', 'Which version of its condition'],
        earnedAt: ['earned_at', 'When you earned it'],
        revokedAt: ['revoked_at', 'When it was taken back'],
        revocation: ['revocation', 'Why: what it was for is gone, or its condition changed'],
      },
      orderBy: 'badge_id',
    },
    {
      name: 'challenges',
      about: 'Challenges you took up.',
      table: 'challenge_progress',
      columns: {
        challenge: ['(SELECT name FROM challenges c WHERE c.id = challenge_id)', 'The challenge'],
        firstDay: ['first_day', 'The first day of the week or month'],
        lastDay: ['last_day', 'and its last'],
        progress: ['progress', 'How far you came, from 0 to 1'],
        version: ['version', 'Which version of its condition'],
        joinedAt: ['joined_at', 'When you took it up'],
        completedAt: ['completed_at', 'When you completed it'],
      },
      orderBy: 'challenge_id, first_day',
    },
    {
      name: 'points',
      about: 'Every entry of the ledger of your points.',
      table: 'point_transactions',
      columns: {
        id: ['id', 'The entry'],
        position: ['position', 'Counts from 1'],
        source: ['source', 'What gave or took them: a rule, a badge or a challenge'],
        code: ['code', 'Which one'],
        period: ['period', 'The day of a rule, the first day of a challenge’s period'],
        amount: ['amount', 'Points; negative where they were taken back'],
        balance: ['balance', 'Points there were then'],
        cause: ['cause', 'earned, cause-gone or rules-changed'],
        version: ['version', 'Which version of the rule, badge or challenge'],
        createdAt: ['created_at', 'When it was written'],
      },
      orderBy: 'position',
    },
    {
      name: 'leaderboard',
      about: 'That you take part in the leaderboard, if you do.',
      table: 'leaderboard_participations',
      columns: {
        nickname: ['nickname', 'Under which others see you'],
        joinedAt: ['joined_at', 'Since when'],
      },
      orderBy: 'user_id',
    },
  ],
}

export default exportedHabits
