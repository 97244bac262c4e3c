import { reads, refuses, type Golden } from '#tests/golden/golden'

/** Statements in the formats beside CSV. */
export const FORMATS: Golden[] = [
  reads('ofx/cut.ofx', -1_00, { payees: ['Row 1'], rejected: [[2, null, 'cut']] }),
  refuses('ofx/doctype.ofx', 'doctype'),
  reads('ofx/doctype-without-subset.ofx', -4_50, { payees: ['Bakery'] }),
  reads('ofx/investment-cash.ofx', 250_00, { currency: 'USD', payees: ['Deposit'] }),
  reads('ofx/odd-rows.ofx', -17_00, {
    payees: ['Row 1', 'Row 0', 'Row 0'],
    rejected: [
      [2, 'currency', 'otherCurrency'],
      [3, null, 'correction'],
      [4, 'amount', 'zero'],
      [5, 'amount', 'missing'],
      [8, 'bookedOn', 'notBooked'],
    ],
  }),
  reads('ofx/one-line.ofx', 1_200_00, { currency: 'USD', payees: ['Bakery', 'Employer'] }),
  reads('ofx/open-transactions.ofx', -7_00, { payees: ['A', 'B', 'C'] }),
  reads('ofx/sgml-without-closing-tags.ofx', 987_66, {
    payees: ['Smith & Söhne', 'Example Inc'],
    rejected: [[3, 'bookedOn', 'unreadable']],
  }),
  reads('ofx/two-accounts.ofx', -5_00, {
    payees: ['Row 1', 'Row 3'],
    rejected: [[2, 'account', 'otherAccount']],
  }),
  reads('ofx/utf16.ofx', -12_34, { payees: ['スーパー'] }),
  reads('ofx/xml-card.qfx', 95_25, {
    currency: 'USD',
    payees: ['Coffee & Café', 'Payment'],
    rejected: [[3, 'amount', 'tooPrecise']],
  }),
  reads('qif/account-without-type.qif', 1_195_50, { payees: ['Bakery', 'Employer'] }),
  refuses('qif/ambiguous.qif', 'dateFormat'),
  reads('qif/ambiguous.qif', -1_00, { mapping: { dateFormat: 'DD/MM/YYYY' }, payees: ['A'] }),
  reads('qif/american.qif', 765_44, {
    payees: ['Landlord', 'Example Inc'],
    rejected: [[3, 'bookedOn', 'unreadable']],
  }),
  reads('qif/cut.qif', -1_00, { payees: ['Fine'], rejected: [[2, null, 'cut']] }),
  reads('qif/european.qif', 987_66, { payees: ['Bäckerei Süß', 'Rückzahlung'] }),
  reads('qif/odd-rows.qif', -1_00, {
    payees: ['Fine'],
    rejected: [
      [2, 'amount', 'tooPrecise'],
      [3, 'amount', 'missing'],
      [4, 'bookedOn', 'missing'],
      [5, 'amount', 'zero'],
    ],
  }),
  reads('qif/splits.qif', -35_00, { payees: ['Supermarket', 'Transfer'] }),
  reads('qif/two-accounts.qif', -1_00, {
    payees: ['A'],
    rejected: [
      [2, 'account', 'otherAccount'],
      [3, null, 'investment'],
    ],
  }),
  reads('qif/without-type.qif', 1_195_50, { payees: ['Bakery', 'Employer'] }),
  reads('camt/batch.xml', 17_65, {
    payees: ['Anna', 'Ben', 'Cem', 'Collected, with a fee', 'Fee of the payment before'],
  }),
  reads('camt/camt052-pending.xml', -12_34, {
    payees: ['Card'],
    rejected: [[2, 'status', 'notBooked']],
  }),
  reads('camt/camt053-v02.xml', 987_66, {
    payees: ['Stadtwerke Grünau', 'Beispiel GmbH'],
    rejected: [[3, 'bookedOn', 'unreadable']],
  }),
  reads('camt/camt053-v08.xml', -12_34, {
    payees: ['Shop'],
    rejected: [[2, 'status', 'notBooked']],
  }),
  reads('camt/camt054-notification.xml', 100_00, { payees: ['Oma'] }),
  reads('camt/cut.xml', -1_00, { payees: ['Unknown'], rejected: [[2, null, 'cut']] }),
  refuses('camt/entities.xml', 'doctype'),
  reads('camt/latin1.xml', -12_34, { payees: ['Café Zürich'] }),
  reads('camt/malformed.xml', -1_00, { payees: ['Unknown'], rejected: [[2, null, 'malformed']] }),
  refuses('camt/payment-order.xml', 'format'),
  reads('camt/reversal.xml', 12_34, {
    payees: ['Shop'],
    rejected: [[2, 'currency', 'otherCurrency']],
  }),
  reads('camt/two-accounts.xml', -1_00, {
    payees: ['Unknown'],
    rejected: [[2, 'account', 'otherAccount']],
  }),
  reads('mt940/cut.sta', -1_00, { payees: ['Whole'], rejected: [[2, null, 'cut']] }),
  reads('mt940/dutch.940', 987_66, { payees: ['ENERGIE BV', 'Werkgever BV'] }),
  reads('mt940/february.sta', -1_00, {
    payees: ['Good'],
    rejected: [
      [2, 'bookedOn', 'unreadable'],
      [3, 'bookedOn', 'unreadable'],
    ],
  }),
  reads('mt940/german.sta', 987_66, { payees: ['Stadtwerke Grünau', 'Beispiel GmbH'] }),
  reads('mt940/reversals.sta', 2_34, {
    payees: ['Credit taken back', 'Debit given back'],
    rejected: [
      [3, 'amount', 'tooPrecise'],
      [4, null, 'unreadable'],
    ],
  }),
  reads('mt940/several-statements.sta', -5_00, {
    payees: ['Day one', 'Day two'],
    rejected: [[2, 'account', 'otherAccount']],
  }),
  reads('mt940/swift-blocks.sta', -24_68, {
    payees: ['Plain words in two lines', 'Plain words in two lines'],
  }),
  reads('mt940/turn-of-year.sta', -3_00, {
    payees: ['Entered in the new year', 'Entered in the old year'],
  }),
  reads('mt940/yen.sta', 15_00, { currency: 'JPY', payees: ['Yen'] }),
]
