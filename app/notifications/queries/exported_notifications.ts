import type { PersonalData } from '#core/personal_data/exported'

/** What a person was told of, how they want to hear, and what they asked to hear of. */
const exportedNotifications: PersonalData = {
  tables: [
    {
      name: 'notifications',
      about: 'What you were told of.',
      table: 'notifications',
      where: 'deleted_at IS NULL',
      columns: {
        id: ['id', 'The notification'],
        kind: ['kind', 'What it tells of'],
        title: ['title', 'What it says in short'],
        body: ['body', 'What it says'],
        subjectType: ['subject_type', 'What it is about'],
        subjectId: ['subject_id', 'and which'],
        data: ['data', 'The same for programs'],
        inApp: ['in_app', 'Whether it is in your list, or was only mailed'],
        emailedAt: ['emailed_at', 'When it was mailed, if it was'],
        readAt: ['read_at', 'When you read it'],
        createdAt: ['created_at', 'When you were told'],
        updatedAt: ['updated_at', 'When you last marked it'],
      },
      withheld: {
        position: 'the order in which streams follow them',
        event_id: 'the entry of the activity log it comes from',
        deleted_at: 'of those you deleted nothing is kept but that they were told',
      },
      orderBy: 'id',
    },
    {
      name: 'notification_preferences',
      about: 'How you want to hear of things.',
      table: 'notification_preferences',
      columns: {
        channels: ['channels', 'Where each kind goes, where that is not the usual'],
        quietStart: ['quiet_start', 'From when on no mail is sent'],
        quietEnd: ['quiet_end', 'Until when'],
        quietTimeZone: ['quiet_time_zone', 'By which clock, unless by yours'],
        digest: ['digest', 'Whether mails are gathered: off, daily or weekly'],
        digestHour: ['digest_hour', 'At which hour'],
        nextDigestAt: ['next_digest_at', 'When the next one is due'],
        updatedAt: ['updated_at', 'When you last changed this'],
      },
      orderBy: 'user_id',
    },
    {
      name: 'digests',
      about: 'Mails that told of everything of a day or a week.',
      table: 'digests',
      columns: {
        day: ['day', 'The day it was due'],
        cadence: ['cadence', 'daily or weekly'],
        fromAt: ['from_at', 'What it told of begins here'],
        untilAt: ['until_at', 'and ends here'],
        mailedAt: ['mailed_at', 'When it was mailed'],
        createdAt: ['created_at', 'When it was begun'],
      },
      orderBy: 'until_at',
    },
    {
      name: 'alerts',
      about: 'What you asked to hear of your money.',
      table: 'alerts',
      columns: {
        id: ['id', 'The alert'],
        kind: ['kind', 'lowBalance or largeTransaction'],
        accountId: ['account_id', 'Of this account; of all in its currency unless one is named'],
        threshold: ['threshold_minor', 'Less than this is low, this much is large'],
        currency: ['currency', 'Of the threshold'],
        enabled: ['enabled', 'Whether it is on'],
        lastTriggeredAt: ['last_triggered_at', 'When it last had something to tell'],
        createdAt: ['created_at', 'When it was made'],
        updatedAt: ['updated_at', 'When it last changed'],
      },
      orderBy: 'id',
    },
    {
      name: 'alert_triggers',
      about: 'What your alerts have told, so that they tell it once.',
      table: 'alert_triggers',
      columns: {
        alertId: ['alert_id', 'Which alert'],
        subjectId: ['subject_id', 'Of which account or transaction'],
        period: ['period', 'In which month, of an account'],
        accountId: ['account_id', 'On which account'],
        amount: ['amount_minor', 'The balance or the amount then'],
        triggeredAt: ['triggered_at', 'When'],
        recoveredAt: [
          'recovered_at',
          'Since when the balance has been above, or the alert another',
        ],
      },
      orderBy: 'alert_id, subject_id, period',
    },
  ],
}

export default exportedNotifications
