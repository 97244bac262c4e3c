import type { PersonalData } from '#core/personal_data/exported'

/** Where and when a person signed in, what else lets them in, and addresses still to be proven. */
const exportedSignIns: PersonalData = {
  tables: [
    {
      name: 'sessions',
      about: 'Your sign-ins, one for each device and time.',
      table: 'sessions',
      columns: {
        id: ['id', 'The session'],
        ip: ['host(ip)', 'From which address'],
        userAgent: ['user_agent', 'What the browser or app called itself'],
        createdAt: ['created_at', 'When you signed in'],
        lastUsedAt: ['last_used_at', 'When it was last renewed'],
        expiresAt: ['expires_at', 'Until when it could be renewed'],
        revokedAt: ['revoked_at', 'When it was ended, by you or for your safety'],
      },
      withheld: {
        refresh_token_hash: 'a secret, kept as a digest',
        rotated_at: 'when that secret last changed',
      },
      orderBy: 'id',
    },
    {
      name: 'email_verifications',
      about: 'Addresses you have not yet proven to be yours.',
      table: 'email_verifications',
      columns: {
        id: ['id', 'The verification'],
        email: ['email', 'The address'],
        createdAt: ['created_at', 'When you named it'],
        expiresAt: ['expires_at', 'Until when it can be proven'],
      },
      withheld: { token_hash: 'a secret, kept as a digest' },
      orderBy: 'id',
    },
    {
      name: 'authenticators',
      about: 'The authenticator you set up, if any.',
      table: 'otp_enrolments',
      columns: {
        createdAt: ['created_at', 'When you set it up'],
        confirmedAt: ['confirmed_at', 'Since when signing in asks for it'],
      },
      withheld: {
        secret_sealed: 'a secret, kept encrypted',
        last_step: 'the code that was used last',
      },
      orderBy: 'created_at',
    },
    {
      name: 'recovery_codes',
      about: 'Your recovery codes, without the codes.',
      table: 'recovery_codes',
      columns: { usedAt: ['used_at', 'When it was used'] },
      withheld: { code_hash: 'a secret, kept as a digest' },
      orderBy: 'code_hash',
    },
    {
      name: 'personal_access_tokens',
      about: 'Tokens you made for programs.',
      table: 'personal_access_tokens',
      columns: {
        id: ['id', 'The token'],
        name: ['name', 'What you called it'],
        prefix: ['prefix', 'What it begins with'],
        scopes: ['scopes', 'What it may do'],
        createdAt: ['created_at', 'When you made it'],
        expiresAt: ['expires_at', 'Until when it works'],
        lastUsedAt: ['last_used_at', 'When it was last used'],
      },
      withheld: { token_hash: 'a secret, kept as a digest' },
      orderBy: 'id',
    },
  ],
}

export default exportedSignIns
