import type { PersonalData } from '#core/personal_data/exported'

/** Where and when a person signed in, and the addresses they are still to prove. */
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
  ],
}

export default exportedSignIns
