import type { PersonalData } from '#core/personal_data/exported'

/**
 * The trail of what was done with a person's data. The entries about exports are
 * left out: each would make the next export another one. So is refused access to
 * another's data: it would say that there is something.
 */
const exportedAudit: PersonalData = {
  tables: [
    {
      name: 'audit_log',
      about: 'What was done with your data and by whom, exports and refused access aside.',
      table: 'audit_logs',
      columns: {
        id: ['id', 'The entry'],
        position: ['position', 'Its place among your entries'],
        recordedAt: ['recorded_at', 'When it was written'],
        actorType: ['actor_type', 'user: a person; system: Finora itself'],
        actorId: ['actor_id', 'The person'],
        action: ['action', 'What was done'],
        subjectType: ['subject_type', 'To what kind of thing'],
        subjectId: ['subject_id', 'To which one'],
        data: ['data', 'What else is needed to understand it'],
        requestId: ['request_id', 'The request that caused it'],
      },
      withheld: {
        previous_hash: 'proves to the operator that no entry was changed',
        hash: 'proves to the operator that no entry was changed',
      },
      where: `action NOT LIKE 'export.%' AND action NOT LIKE 'access.%'`,
      orderBy: 'position',
    },
  ],
}

export default exportedAudit
