import { reads, refuses, type Golden } from '#tests/golden/golden'

/** Exports as banks and programs of several countries lay them out; people and money are invented. */
export const BANKS: Golden[] = [
  reads('csv/banks/at-elba.csv', 1_726_59, {
    payees: ['Bezahlung Karte SPAR WIEN', 'Gutschrift Beispiel GesmbH Lohn'],
  }),
  reads('csv/banks/at-george.csv', 1_745_10, { payees: ['Bäckerei Ströck', 'Beispiel GesmbH'] }),
  reads('csv/banks/be-kbc.csv', 987_66, { payees: ['Bakkerij Peeters', 'Werkgever NV'] }),
  reads('csv/banks/bg-sides-1251.csv', 1_487_66, {
    currency: 'BGN',
    payees: ['Пекарна Ягода', 'Пример ООД'],
  }),
  reads('csv/banks/br-nubank-card.csv', 467_56, {
    currency: 'BRL',
    payees: ['Padaria São João', 'Pagamento recebido', 'Livraria - Parcela 1/3'],
  }),
  reads('csv/banks/ca-rbc-usd.csv', 2_095_45, {
    currency: 'USD',
    payees: ['PURCHASE', 'PAYROLL'],
  }),
  reads('csv/banks/ch-postfinance.csv', 1_976_55, {
    currency: 'CHF',
    payees: ['KAUF/DIENSTLEISTUNG VOM 29.01.2026 COOP BERN', 'GUTSCHRIFT BEISPIEL AG LOHN'],
  }),
  reads('csv/banks/ch-raiffeisen.csv', 987_65, {
    currency: 'CHF',
    payees: ['Einkauf Dorfladen', 'Gutschrift Lohn'],
  }),
  reads('csv/banks/ch-ubs.csv', 1_387_66, {
    currency: 'CHF',
    payees: ['Migros Zürich;8000 Zürich', 'Beispiel AG'],
  }),
  reads('csv/banks/ch-zkb.csv', 987_65, {
    currency: 'CHF',
    payees: ['Einkauf Debit Card: Volg', 'Gutschrift: Beispiel AG'],
  }),
  reads('csv/banks/cn-alipay-gb18030.csv', 469_50, {
    currency: 'CNY',
    payees: ['面包店', '李某'],
    rejected: [
      [2, 'status', 'notBooked'],
      [4, 'direction', 'unreadable'],
    ],
  }),
  reads('csv/banks/cn-wechat.csv', 469_50, { currency: 'CNY', payees: ['面包店', '李某'] }),
  reads('csv/banks/de-comdirect.csv', 1_416_00, {
    payees: [
      'Auftraggeber: Stadtwerke Buchungstext: Abschlag Ref. 2/1',
      'Auftraggeber: Beispiel GmbH Buchungstext: Lohn Ref. 3/1',
    ],
    rejected: [[1, 'bookedOn', 'notBooked']],
  }),
  reads('csv/banks/de-deutsche-bank.csv', 1_416_00, { payees: ['Stadtwerke', 'Beispiel GmbH'] }),
  reads('csv/banks/de-dkb-card.csv', -45_80, { payees: ['Café Zentral', 'Bookshop London'] }),
  reads('csv/banks/de-dkb.csv', 1_550_00, {
    payees: ['Hausverwaltung Süd', 'Beispiel GmbH'],
    rejected: [[1, 'status', 'notBooked']],
  }),
  reads('csv/banks/de-ing.csv', 1_087_66, { payees: ['Bäckerei Süß', 'Beispiel GmbH'] }),
  reads('csv/banks/de-n26.csv', 1_764_97, {
    payees: ['REWE, Berlin', 'Beispiel GmbH', 'Pub London'],
  }),
  reads('csv/banks/de-sparkasse.csv', 2_321_92, {
    payees: ['Stadtwerke Grünau', 'BÄCKEREI SÜß', 'Beispiel GmbH'],
    rejected: [[4, 'status', 'notBooked']],
  }),
  reads('csv/banks/de-volksbank.csv', 70_10, { payees: ['Fitness GmbH', 'Oma Müller'] }),
  reads('csv/banks/dk-danske.csv', 887_66, {
    currency: 'DKK',
    payees: ['Netto København', 'Eksempel ApS'],
    rejected: [[3, 'status', 'notBooked']],
  }),
  reads('csv/banks/es-caixabank.csv', 987_66, {
    payees: ['COMPRA TARJ. PANADERÍA', 'NOMINA EJEMPLO SA'],
  }),
  reads('csv/banks/fr-bnp-paribas.csv', 1_884_30, {
    payees: [
      'FACTURE CARTE DU 300126 BOULANGERIE MARTIN',
      'VIR SEPA RECU /DE EXEMPLE SA',
      'PRLV SEPA ELECTRICITE',
    ],
  }),
  reads('csv/banks/fr-boursobank.csv', 987_66, { payees: ['monoprix', 'exemple sa'] }),
  reads('csv/banks/fr-credit-agricole.csv', 1_487_66, {
    payees: [
      'PAIEMENT PAR CARTE BOULANGERIE DUBOIS PARIS',
      'VIREMENT EN VOTRE FAVEUR ENTREPRISE EXEMPLE',
    ],
  }),
  reads('csv/banks/fr-societe-generale.csv', 1_454_10, {
    payees: ['CARTE X0001 29/01 FNAC PARIS', 'VIR RECU 123 DE: EXEMPLE SA'],
  }),
  reads('csv/banks/gr-sides-1253.csv', 1_195_50, { payees: ['Αρτοποιείο Αθήνα', 'Μισθοδοσία'] }),
  reads('csv/banks/gr-sign-letters.csv', 1_195_50, {
    payees: ['ΑΡΤΟΠΟΙΕΙΟ ΑΘΗΝΑ', 'Μισθοδοσία Παράδειγμα ΑΕ'],
  }),
  reads('csv/banks/it-fineco.csv', 1_487_66, {
    payees: ['Pagamento Bar Città', 'Bonifico da Esempio SpA'],
    rejected: [[3, 'status', 'notBooked']],
  }),
  reads('csv/banks/jp-mufg.csv', 248_766, {
    currency: 'JPY',
    payees: ['ﾖｺﾊﾏ ｽｰﾊﾟｰ', 'カ）レイ'],
  }),
  reads('csv/banks/jp-passbook-sjis.csv', 238_000, {
    currency: 'JPY',
    payees: ['東京電力', '給与 例株式会社'],
  }),
  reads('csv/banks/jp-passbook.csv', 238_000, {
    currency: 'JPY',
    payees: ['東京電力', '給与 例株式会社'],
  }),
  reads('csv/banks/jp-rakuten.csv', 248_766, {
    currency: 'JPY',
    payees: ['ショッピング', '給与振込 例株式会社'],
  }),
  reads('csv/banks/jp-smbc.csv', 9_500, { currency: 'JPY', payees: ['ATM', '振込 タナカ'] }),
  reads('csv/banks/jp-yucho.csv', 47_000, { currency: 'JPY', payees: ['カード', '振込'] }),
  reads('csv/banks/lt-swedbank.csv', 987_66, {
    payees: ['Parduotuvė', 'Darbdavys'],
    rejected: [
      [1, null, 'noTransaction'],
      [4, null, 'noTransaction'],
      [5, null, 'noTransaction'],
    ],
  }),
  reads('csv/banks/mint.csv', 995_25, { currency: 'USD', payees: ['Coffee Shop', 'Example Inc'] }),
  reads('csv/banks/nl-abn-amro-short.tab', 987_66, {
    payees: [
      'BEA NR:AB12C3 29.01.26/12.15 Bakkerij Peeters,PAS001',
      'SALARIS JANUARI Werkgever BV',
    ],
  }),
  reads('csv/banks/nl-abn-amro.tab', 982_66, {
    payees: [
      'SEPA Overboeking Werkgever BV',
      'BEA, Betaalpas Albert Heijn',
      'BEA, Betaalpas Bakker',
    ],
  }),
  reads('csv/banks/nl-bunq.csv', 987_66, { payees: ['Bakker Bart', 'Werkgever BV'] }),
  reads('csv/banks/nl-ing.csv', 987_66, { payees: ['Albert Heijn 1234', 'Werkgever BV'] }),
  reads('csv/banks/nl-rabobank.csv', 987_66, { payees: ["Café 't Hoekje", 'Werkgever BV'] }),
  reads('csv/banks/paypal-de.csv', 84_80, { payees: ['Beispiel Käufer', 'Buchladen'] }),
  reads('csv/banks/paypal.csv', -915_20, {
    currency: 'USD',
    payees: ['Example Buyer', 'Book Shop'],
    rejected: [[3, 'status', 'notBooked']],
  }),
  refuses('csv/banks/pl-mbank.csv', 'encoding', 'EUR'),
  reads('csv/banks/pl-mbank.csv', 987_66, {
    currency: 'PLN',
    payees: ['ZAKUP PRZY UŻYCIU KARTY', 'PRZYKŁAD SP. Z O.O.'],
  }),
  reads('csv/banks/revolut.csv', 43_20, {
    payees: ['Top-Up by *0001', 'Café Zentral', 'Cash at ATM'],
    rejected: [
      [4, 'status', 'notBooked'],
      [5, 'status', 'notBooked'],
    ],
  }),
  reads('csv/banks/ru-tinkoff-1251.csv', 69_094_50, {
    currency: 'RUB',
    payees: ['Кофейня Заря', 'Зарплата'],
    rejected: [[2, 'status', 'notBooked']],
  }),
  reads('csv/banks/se-colons.csv', 100_00, { currency: 'SEK', payees: ['Bageri', 'Lön', 'Hyra'] }),
  reads('csv/banks/se-nordea.csv', 887_66, {
    currency: 'SEK',
    payees: ['Kortköp ICA Malmö', 'Lön Exempel AB'],
  }),
  reads('csv/banks/ua-monobank.csv', 19_585_00, {
    currency: 'UAH',
    payees: ['Пекарня Їжак', 'Зарплата'],
  }),
  reads('csv/banks/uk-amex.csv', 967_66, {
    currency: 'GBP',
    payees: ['GROCER', 'PAYMENT RECEIVED - THANK YOU', 'GARAGE'],
  }),
  reads('csv/banks/uk-barclays.csv', 987_66, {
    currency: 'GBP',
    payees: ['TESCO STORES 1234 ON 29 JAN', 'EXAMPLE LTD SALARY'],
  }),
  reads('csv/banks/uk-hsbc.csv', 987_66, {
    currency: 'GBP',
    payees: ['TESCO STORES 1234 )))', 'EXAMPLE LTD SALARY CR'],
  }),
  reads('csv/banks/uk-lloyds.csv', 987_66, {
    currency: 'GBP',
    payees: ['TESCO STORES 1234', 'EXAMPLE LTD'],
  }),
  reads('csv/banks/uk-monzo.csv', 1_494_75, {
    currency: 'GBP',
    payees: ['Pret A Manger', 'Example Ltd'],
  }),
  reads('csv/banks/uk-nationwide.csv', 987_66, {
    currency: 'GBP',
    payees: ['Example Ltd', 'Tesco'],
  }),
  reads('csv/banks/uk-starling.csv', 987_66, { currency: 'GBP', payees: ['Tesco', 'Example Ltd'] }),
  reads('csv/banks/us-amex.csv', 95_25, {
    currency: 'USD',
    payees: ['COFFEE SHOP', 'ONLINE PAYMENT - THANK YOU'],
  }),
  reads('csv/banks/us-apple-card.csv', 95_25, {
    currency: 'USD',
    payees: ['Coffee Shop', 'Ach Deposit'],
  }),
  reads('csv/banks/us-bank-of-america.csv', -512_34, {
    currency: 'USD',
    payees: ['EXAMPLE INC DES:PAYROLL', 'RENT, JANUARY'],
    rejected: [[1, 'amount', 'missing']],
  }),
  reads('csv/banks/us-capital-one.csv', 995_25, {
    currency: 'USD',
    payees: ['Coffee shop', 'Deposit from EXAMPLE INC'],
  }),
  reads('csv/banks/us-chase-card.csv', 95_25, {
    currency: 'USD',
    payees: ['COFFEE SHOP', 'Payment Thank You-Mobile'],
  }),
  reads('csv/banks/us-chase-checking.csv', 945_25, {
    currency: 'USD',
    payees: ['COFFEE SHOP 123 SEATTLE WA', 'EXAMPLE INC PAYROLL', 'CHECK 101'],
  }),
  reads('csv/banks/us-citi.csv', 256_45, {
    currency: 'USD',
    payees: ['WHOLESALE #0001', 'ONLINE PAYMENT, THANK YOU', 'HARDWARE'],
  }),
  reads('csv/banks/us-discover.csv', 255_90, {
    currency: 'USD',
    payees: ['INTERNET PAYMENT - THANK YOU', 'BOOKS 0001'],
  }),
  reads('csv/banks/us-wells-fargo.csv', 995_25, {
    currency: 'USD',
    payees: ['PURCHASE AUTHORIZED ON 01/29 COFFEE SHOP', 'EXAMPLE INC PAYROLL'],
  }),
  reads('csv/banks/wise.csv', 937_05, {
    payees: ['Shop', 'EXAMPLE LTD', 'John Roe'],
  }),
  reads('csv/banks/wise-history.csv', 987_00, {
    payees: ['Shop', 'Example Ltd'],
    rejected: [[3, 'status', 'notBooked']],
  }),
  reads('csv/banks/ynab.csv', 1_495_10, { payees: ['Bakery', 'Example Ltd'] }),
]
