import type { PersonalData } from '#core/personal_data/exported'

/** What Finora knows of the person. */
const exportedUser: PersonalData = {
  tables: [
    {
      name: 'profile',
      about: 'You.',
      table: 'users',
      columns: {
        id: ['id', 'Stands for you wherever a user is meant'],
        email: ['email', 'Your address, with which you sign in'],
        name: ['name', 'How Finora addresses you'],
        role: ['role', 'What you may do: USER, SUPPORT or ADMIN'],
        currency: ['currency', 'What your analytics are counted in'],
        timezone: ['timezone', 'Where your days begin'],
        locale: ['locale', 'How numbers and dates are written for you'],
        emailVerifiedAt: ['email_verified_at', 'When you proved that the address is yours'],
        disabledAt: ['disabled_at', 'When you were kept out'],
        createdAt: ['created_at', 'When you registered'],
        updatedAt: ['updated_at', 'When the profile last changed'],
      },
      withheld: {
        password: 'a secret, kept as a digest',
        ledger_version: 'counts changes for the cache',
        sync_horizon: 'up to which of these changes what is gone was forgotten',
      },
      orderBy: 'id',
    },
    {
      name: 'former_timezones',
      about: 'Where your days began before.',
      table: 'former_timezones',
      columns: {
        until: ['until', 'Until when'],
        timezone: ['timezone', 'By which time zone'],
      },
      orderBy: 'until',
    },
  ],
}

export default exportedUser
