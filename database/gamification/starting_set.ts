/*
| What a new installation rewards. Applied once, by a migration: what is changed
| later is changed in the database.
*/

const atLeast = (fact: string, value: number) => ({ fact, op: '>=', value })
const atMost = (fact: string, value: number) => ({ fact, op: '<=', value })

type Tier = 'bronze' | 'silver' | 'gold'

const badge = (
  code: string,
  tier: Tier,
  points: number,
  name: string,
  description: string,
  condition: object
) => ({ code, tier, points, name, description, condition })

export const badges = [
  badge(
    'first-entry',
    'bronze',
    10,
    'First entry',
    'Record a transaction by hand, within a week of its day.',
    atLeast('transactionsRecorded', 1)
  ),
  badge(
    'hundred-entries',
    'silver',
    50,
    'A hundred entries',
    'Record 100 transactions by hand, each within a week of its day.',
    atLeast('transactionsRecorded', 100)
  ),
  badge(
    'thousand-entries',
    'gold',
    150,
    'A thousand entries',
    'Record 1,000 transactions by hand, each within a week of its day.',
    atLeast('transactionsRecorded', 1_000)
  ),
  badge(
    'first-import',
    'bronze',
    20,
    'First statement',
    'Import a file of your bank.',
    atLeast('importsCompleted', 1)
  ),
  badge(
    'clear-desk',
    'silver',
    50,
    'Clear desk',
    'Import five files and answer every question they raised.',
    { all: [atLeast('importsReviewed', 5), atMost('openProposals', 0)] }
  ),
  badge(
    'well-kept-desk',
    'gold',
    150,
    'Well-kept desk',
    'Import 25 files and answer every question they raised.',
    atLeast('importsReviewed', 25)
  ),
  badge(
    'first-reconciliation',
    'bronze',
    30,
    'To the cent',
    'Hold an account against a statement until nothing is missing.',
    atLeast('reconciliationsCompleted', 1)
  ),
  badge(
    'reconciled-quarter',
    'silver',
    75,
    'A quarter to the cent',
    'Reconcile an account in three months in a row.',
    atLeast('longestReconciledStreak', 3)
  ),
  badge(
    'reconciled-year',
    'gold',
    250,
    'A year to the cent',
    'Reconcile an account in twelve months in a row.',
    atLeast('longestReconciledStreak', 12)
  ),
  badge(
    'sorted-month',
    'bronze',
    20,
    'Sorted',
    'Have 90 % of a month’s transactions under a category.',
    atLeast('categorisedMonths', 1)
  ),
  badge(
    'sorted-half-year',
    'silver',
    60,
    'Half a year sorted',
    'Have 90 % of the transactions of six months under a category.',
    atLeast('categorisedMonths', 6)
  ),
  badge(
    'sorted-year',
    'gold',
    120,
    'A year sorted',
    'Have 90 % of the transactions of twelve months under a category.',
    atLeast('categorisedMonths', 12)
  ),
  badge(
    'saving-month',
    'bronze',
    25,
    'Something left',
    'End a month with more earned than spent.',
    atLeast('savingsMonths', 1)
  ),
  badge(
    'saving-quarter',
    'silver',
    100,
    'A quarter of savings',
    'End three months in a row with more earned than spent.',
    atLeast('longestSavingsStreak', 3)
  ),
  badge(
    'saving-year',
    'gold',
    300,
    'A year of savings',
    'End twelve months in a row with more earned than spent.',
    atLeast('longestSavingsStreak', 12)
  ),
  badge(
    'seven-days',
    'bronze',
    30,
    'A week of it',
    'Look after your books on seven days in a row.',
    atLeast('longestStreak', 7)
  ),
  badge(
    'thirty-days',
    'silver',
    100,
    'A month of it',
    'Look after your books on thirty days in a row.',
    atLeast('longestStreak', 30)
  ),
  badge(
    'hundred-days',
    'gold',
    250,
    'A habit',
    'Look after your books on a hundred days in a row.',
    atLeast('longestStreak', 100)
  ),
  badge(
    'automator',
    'bronze',
    20,
    'By itself',
    'Have three rules that sort for you.',
    atLeast('rulesCreated', 3)
  ),
  badge(
    'whole-picture',
    'silver',
    40,
    'The whole picture',
    'Keep three accounts, with statements imported or reconciled.',
    {
      all: [
        atLeast('accounts', 3),
        { any: [atLeast('importsCompleted', 1), atLeast('reconciliationsCompleted', 1)] },
      ],
    }
  ),
]

const challenge = (
  code: string,
  tier: Tier,
  points: number,
  period: 'week' | 'month',
  settles: 'at-once' | 'at-end',
  name: string,
  description: string,
  condition: object
) => ({ code, tier, points, period, settles, name, description, condition })

export const challenges = [
  challenge(
    'steady-week',
    'bronze',
    30,
    'week',
    'at-once',
    'Steady week',
    'Look after your books on five days of a week.',
    atLeast('activeDays', 5)
  ),
  challenge(
    'whole-week',
    'silver',
    50,
    'week',
    'at-once',
    'Every day',
    'Look after your books on all seven days of a week.',
    atLeast('activeDays', 7)
  ),
  challenge(
    'ten-entries',
    'bronze',
    20,
    'week',
    'at-once',
    'Ten entries',
    'Record ten transactions by hand in a week.',
    atLeast('transactionsRecorded', 10)
  ),
  challenge(
    'nothing-open',
    'bronze',
    25,
    'week',
    'at-end',
    'Nothing left open',
    'Import a file in a week, and leave no question open of any.',
    { all: [atLeast('importsReviewed', 1), atMost('importsUnreviewed', 0)] }
  ),
  challenge(
    'reconciled-month',
    'silver',
    40,
    'month',
    'at-once',
    'To the cent',
    'Complete a reconciliation in a month.',
    atLeast('reconciliationsCompleted', 1)
  ),
  challenge(
    'sorted-month',
    'silver',
    40,
    'month',
    'at-end',
    'A month sorted',
    'End a month with 90 % of its transactions under a category.',
    atLeast('categorisedShare', 0.9)
  ),
  challenge(
    'saving-tenth',
    'silver',
    60,
    'month',
    'at-end',
    'A tenth saved',
    'End a month with a tenth of its income left.',
    atLeast('savingsRate', 0.1)
  ),
  challenge(
    'saving-fifth',
    'gold',
    100,
    'month',
    'at-end',
    'A fifth saved',
    'End a month with a fifth of its income left.',
    atLeast('savingsRate', 0.2)
  ),
]
