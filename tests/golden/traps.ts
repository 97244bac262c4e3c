import { reads, refuses, type Golden } from '#tests/golden/golden'

/** CSVs that are hard to read right, or at all. */
export const TRAPS: Golden[] = [
  refuses('csv/traps/ambiguous-amounts.csv', 'decimal'),
  reads('csv/traps/ambiguous-amounts.csv', 1_230_00, {
    mapping: { decimal: ',' },
    payees: ['A'],
  }),
  refuses('csv/traps/ambiguous-days.csv', 'dateFormat'),
  reads('csv/traps/ambiguous-days.csv', -1_00, {
    mapping: { dateFormat: 'DD/MM/YYYY' },
    payees: ['A'],
  }),
  refuses('csv/traps/balance-alone.csv', 'header'),
  reads('csv/traps/balance-proves.csv', 1_875_26, {
    currency: 'CAD',
    payees: ['COFFEE', 'PAYROLL', 'HYDRO', 'PHONE'],
  }),
  reads('csv/traps/bom.csv', 987_66, { payees: ['Café Zürich', 'Œuvre & Fils'] }),
  reads('csv/traps/cr.csv', 987_66, { payees: ['Café Zürich', 'Œuvre & Fils'] }),
  reads('csv/traps/crlf.csv', 987_66, { payees: ['Café Zürich', 'Œuvre & Fils'] }),
  reads('csv/traps/cut.csv', -3_00, {
    payees: ['Good', 'Good'],
    rejected: [[3, null, 'tooFewCells']],
  }),
  reads('csv/traps/debit-credit.csv', -7_34, {
    payees: ['Shop', 'Refund'],
    rejected: [
      [3, 'debit', 'bothFilled'],
      [4, 'debit', 'missing'],
    ],
  }),
  reads('csv/traps/decimal-comma.csv', 12_50, { payees: ['A', 'B', 'C'] }),
  reads('csv/traps/direction.csv', 987_66, {
    payees: ['Shop', 'Boss'],
    rejected: [[3, 'direction', 'unreadable']],
  }),
  reads('csv/traps/dots-behind-days.csv', 987_66, { payees: ['KONZUM', 'PLAĆA'] }),
  refuses('csv/traps/each-month.csv', 'dateFormat', 'GBP'),
  refuses('csv/traps/empty.csv', 'empty'),
  reads('csv/traps/excel-formulas.csv', 87_66, {
    payees: ['Bakery; Süß', 'Rent', '=A1&"x"'],
  }),
  reads('csv/traps/excel-sep.csv', 987_66, { payees: ['Shop; Bar, Café', 'Boss'] }),
  reads('csv/traps/formulas.csv', -6_00, {
    payees: ['=HYPERLINK("http://example.com","x")', '@SUM(A1)', '-2+3|cmd'],
  }),
  reads('csv/traps/header-again.csv', -3_00, { payees: ['A', 'B'] }),
  reads('csv/traps/identical-rows.csv', -10_50, { payees: ['Coffee', 'Coffee', 'Coffee'] }),
  reads('csv/traps/impossible-days.csv', -9_00, {
    payees: ['Good', 'Leap year'],
    rejected: [
      [2, 'bookedOn', 'unreadable'],
      [3, 'bookedOn', 'unreadable'],
    ],
  }),
  reads('csv/traps/invalid-utf8.csv', -5_00, {
    payees: ['Café', 'Zoë'],
    rejected: [[2, null, 'undecodable']],
  }),
  refuses('csv/traps/json.csv', 'format'),
  reads('csv/traps/latin1.csv', 987_66, { payees: ['Café Zürich', 'Ouvre & Fils'] }),
  reads('csv/traps/mixed-line-ends.csv', 986_66, { payees: ['A', 'B', 'C'] }),
  reads('csv/traps/no-decimals.csv', 10_00, {
    currency: 'JPY',
    payees: ['Fine', 'Grouped'],
    rejected: [[3, 'amount', 'tooPrecise']],
  }),
  reads('csv/traps/nul.csv', -5_00, { payees: ['Good', 'Good'], rejected: [[2, null, 'nul']] }),
  refuses('csv/traps/one-column.csv', 'delimiter'),
  reads('csv/traps/open-quote.csv', -5_00, {
    payees: ['Good', 'Good'],
    rejected: [[2, null, 'unterminatedQuote']],
  }),
  reads('csv/traps/other-currency.csv', -1_00, {
    payees: ['A'],
    rejected: [
      [2, 'currency', 'otherCurrency'],
      [3, 'currency', 'unknownCurrency'],
    ],
  }),
  reads('csv/traps/out-of-range.csv', -1_00, {
    payees: ['Fine'],
    rejected: [
      [2, 'amount', 'outOfRange'],
      [3, 'amount', 'zero'],
    ],
  }),
  reads('csv/traps/quoted-newlines.csv', -13_34, { payees: ['Smith, Jones & Co', 'Shop'] }),
  reads('csv/traps/same-id-twice.csv', -7_00, { payees: ['Coffee', 'Coffee'], duplicates: 1 }),
  reads('csv/traps/short-rows.csv', -10_00, {
    payees: ['A', 'B', 'C', 'D'],
    rejected: [[5, null, 'tooFewCells']],
  }),
  reads('csv/traps/signs.csv', 49_64, {
    payees: ['Behind', 'Brackets', 'Minus sign', 'Word', 'Plus', 'Currency'],
  }),
  reads('csv/traps/thousands.csv', 2_000_00, {
    payees: ['Comma', 'Apostrophe', 'No break space'],
    rejected: [[4, 'amount', 'unreadable']],
  }),
  reads('csv/traps/three-decimals.csv', -25_00, {
    currency: 'KWD',
    payees: ['Fine', 'Zeros'],
    rejected: [[3, 'amount', 'tooPrecise']],
  }),
  reads('csv/traps/two-digits-of-years.csv', -6_00, { payees: ['A', 'B', 'C'] }),
  reads('csv/traps/two-currencies.csv', 9_00, { payees: ['A', 'B'] }),
  reads('csv/traps/two-currencies.csv', 10_00, { currency: 'USD', payees: ['A', 'B'] }),
  refuses('csv/traps/two-currencies.csv', 'currency', 'CHF'),
  refuses('csv/traps/unsigned.csv', 'positive'),
  reads('csv/traps/unsigned.csv', -32_34, {
    mapping: { positive: 'expense' },
    payees: ['Shop', 'Garage'],
  }),
  refuses('csv/traps/unknown-headers.csv', 'missingField'),
  reads('csv/traps/utf16be.csv', 987_66, { payees: ['Café Zürich', 'Œuvre & Fils'] }),
  reads('csv/traps/utf16le-unmarked.csv', 987_66, { payees: ['Café Zürich', 'Œuvre & Fils'] }),
  reads('csv/traps/utf16le.csv', 987_66, { payees: ['Café Zürich', 'Œuvre & Fils'] }),
  refuses('csv/traps/web-page.csv', 'format'),
  refuses('csv/traps/windows1250.csv', 'encoding'),
  reads('csv/traps/windows1250.csv', 987_66, {
    mapping: { encoding: 'windows-1250' },
    payees: ['Żabka Łódź', 'Świat Książki'],
  }),
  reads('csv/traps/windows1252.csv', 987_66, { payees: ['Café Zürich', 'Œuvre & Fils'] }),
]
