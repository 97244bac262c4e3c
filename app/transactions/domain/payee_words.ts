/*
| Words that banks put around the name of a payee. Lower case.
*/

/** Those who collect for others, in front of an asterisk: `SUMUP *CAFE ROMA`. */
export const COLLECTORS = words(`
  paypal pp sumup sum sq square izettle zettle iz sp tst stripe klarna mollie adyen payu twint
  paddle.net fs wl lpg fsprg`)

/** Alone they say nothing: whom they collected for stands somewhere else. */
export const COLLECTORS_BY_NAME = words(
  'paypal sumup izettle zettle stripe klarna mollie adyen twint'
)

/** How it was paid, in front of the name; longer ones first. */
export const WAYS_TO_PAY = [
  'paiement par carte',
  'pago con tarjeta',
  'compra con tarjeta',
  'pagamento pos',
  'carte bancaire',
  'einkauf debitkarte',
  'kauf/dienstleistung',
  'visa debit',
  'debit card',
  'card payment to',
  'card payment',
  'card purchase',
  'kartenzahlung',
  'debitkarte',
  'kreditkarte',
  'paiement cb',
  'achat cb',
  'mastercard',
  'girocard',
  'maestro',
  'visa',
  'pos',
  'cb',
]

/** Before a number they make it a reference, however short it is. */
export const NUMBERED = words(`
  nr nr. no no. nº n° ref ref. ref: reference referenz terminal term tid mid filiale fil fil. store
  branch kasse trx auth beleg rechnung rechnungsnr invoice order bestellung karte card carte kartennr`)

/** At the end of a text: where the card was used. */
export const COUNTRIES = words(`
  ch che de deu at aut fr fra it ita li lie lu lux nl nld be bel gb gbr uk us usa es esp pt prt pl pol
  cz cze dk dnk se swe fi fin no nor ie irl gr grc hu hun hr hrv si svn sk svk ro rou bg bgr tr tur
  jp jpn ca can au aus switzerland schweiz suisse germany deutschland austria österreich france italia
  italy luxembourg nederland netherlands`)

/** Left out in front of a country. Of a smaller place the name stays, so no two shops become one. */
export const CITIES = words(`
  zürich zurich zuerich bern basel genf genève geneve lausanne luzern lugano winterthur st.gallen zug
  berlin hamburg münchen muenchen munchen munich köln koeln koln frankfurt stuttgart düsseldorf
  duesseldorf leipzig dortmund essen bremen dresden hannover nürnberg nuernberg wien vienna graz linz
  salzburg innsbruck paris lyon marseille lille nice toulouse strasbourg bordeaux nantes roma rome
  milano milan torino napoli firenze venezia bologna madrid barcelona valencia sevilla lisboa lisbon
  porto amsterdam rotterdam utrecht bruxelles brussels antwerpen london manchester dublin luxembourg
  kopenhagen københavn copenhagen stockholm oslo helsinki praha prague warszawa kraków krakow budapest
  tokyo vaduz schaan`)

/** Trades, and what banks call a payment: what has no other word is nobody in particular. */
export const COMMON = new Set([
  ...COLLECTORS_BY_NAME,
  ...WAYS_TO_PAY.flatMap((way) => way.split(' ')),
  ...words(`
    apotheke pharmacy pharmacie farmacia bar bistro café cafe caffè coffee restaurant ristorante pizzeria
    trattoria hotel hôtel hostel bäckerei baeckerei bakery boulangerie panetteria metzgerei confiserie
    kiosk kino cinema tankstelle station parking parkhaus taxi shop store laden boutique markt market
    supermarkt supermarket garage coiffeur friseur praxis klinik spital hospital stadtwerke stadt
    gemeinde kanton universität universitaet university université museum theater schule school
    the der die das le la il los el du di and und et e y
    unknown unbekannt atm geldautomat bancomat bargeld cash withdrawal bargeldbezug bezug überweisung
    ueberweisung transfer virement bonifico sepa lastschrift gutschrift dauerauftrag zahlung payment
    paiement pagamento pago card karte carte carta debit credit direct standing order online e-commerce
    belastung abhebung auszahlung einzahlung deposit fee gebühr gebühren zinsen interest salary lohn
    gehalt refund rückerstattung miete rent purchase einkauf kauf achat compra tarjeta con par pos to`),
])

function words(text: string) {
  return new Set(text.trim().split(/\s+/))
}
