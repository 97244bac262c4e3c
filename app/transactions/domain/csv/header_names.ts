import { isCurrency } from '#core/money/currency'

/** What a row can say about a transaction; `direction` is the sign in words (`Af`/`Bij`, `S`/`H`). */
export const CSV_FIELDS = [
  'id',
  'bookedOn',
  'account',
  'payee',
  'description',
  'notes',
  'category',
  'amount',
  'debit',
  'credit',
  'direction',
  'currency',
  'tags',
] as const

export type CsvField = (typeof CSV_FIELDS)[number]

/**
 * Header names of banks and finance programs, normalised, the better one
 * first, in English, German, French, Spanish, Italian, Dutch, Portuguese and
 * Polish. Booking days come before value days.
 */
const NAMES: Record<CsvField, string> = {
  id: `id externalid transactionid bankid fitid bankreference transactionreference transaktionsid
    bankreferenz idtransaction idoperacion idtransazione transactiereferentie volgnr idtransacao
    identyfikatortransakcji numertransakcji`,
  bookedOn: `bookedon bookingdate bookeddate dateposted postingdate posteddate postdate
    completeddate transactiondate date buchungstag buchungsdatum buchung belegdatum datum
    datecomptable dateoperation datedoperation datedecomptabilisation fechaoperacion fechacontable
    fecha datacontabile dataoperazione dataregistrazione boekdatum boekingsdatum transactiedatum
    datamovimento datamov datalancamento dataksiegowania dataoperacji datatransakcji data
    wertstellung valutadatum wertstellungsdatum valuedate datevaleur datedevaleur fechavalor
    datavaluta rentedatum datavalor datawaluty valuta starteddate`,
  account: `account accountname accountnumber kontonummer konto auftragskonto compte numerocompte
    cuenta conto rekening rekeningnummer conta rachunek iban`,
  payee: `payee payeename merchant merchantname counterparty counterpartyname beneficiary name
    zahlungsempfanger empfanger auftraggeberempfanger auftraggeberbegunstigter zahlungspflichtiger
    zahlungspflichtige beguenstigterzahlungspflichtiger begunstigterzahlungspflichtiger
    namezahlungsbeteiligter partnername beneficiaire tiers libellesimplifie beneficiario
    ordenante naam naamtegenpartij tegenpartij naamomschrijving destinatario contraente
    nadawcaodbiorca kontrahent odbiorca nazwaodbiorcy danekontrahenta`,
  description: `description details transactiondetails narrative transactiondescription
    verwendungszweck buchungsdetails buchungstext umsatztext libelle libelleoperation
    concepto descripcion descrizione causale omschrijving mededelingen descricao opisoperacji
    opistransakcji opis tytul tytulem tytuloperacji`,
  notes: `notes note memo comment comments remark notiz notizen bemerkung commentaire remarque
    informationscomplementaires notas observaciones observacoes uwagi opmerking notizie`,
  category: `category categoryname kategorie categorie categoria kategoria rubriek`,
  amount: `amount transactionamount value sum betrag umsatz montant montantoperation importe
    cantidad importo bedrag transactiebedrag valor montante kwota kwotaoperacji kwotatransakcji`,
  debit: `debit debitamount paidout moneyout withdrawal withdrawals soll belastung lastschrift
    ausgang cargo debe uscite addebiti dare afschrijving debito obciazenia obciazenie`,
  credit: `credit creditamount paidin moneyin deposit deposits haben gutschrift eingang abono
    haber entrate accrediti avere bijschrijving credito uznania uznanie`,
  direction: `direction afbij sollhaben debitcredit creditdebit creditdebitindicator dc cd drcr
    crdr debetcredit sens`,
  currency: `currency currencycode wahrung waehrung devise monnaie divisa moneda munt muntsoort
    moeda waluta valuta`,
  tags: `tags tag labels label schlagworte etiquettes etiquetas etichette etykiety`,
}

const LONGEST_HEADER = 100

const RANKS = new Map<CsvField, Map<string, number>>(
  CSV_FIELDS.map((field) => [
    field,
    new Map(NAMES[field].split(/\s+/).map((name, rank) => [name, rank])),
  ])
)

/** The start of a header without case, accents, punctuation and what stands in brackets. */
export function normalizeHeader(header: string): string {
  return header
    .slice(0, LONGEST_HEADER)
    .replace(/\([^)]*\)|\[[^\]]*\]/g, '')
    .toLowerCase()
    .replaceAll('ł', 'l')
    .replaceAll('ß', 'ss')
    .replaceAll('œ', 'oe')
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '')
}

/**
 * How well a header names a field: 0 is best, undefined not at all. A currency
 * at the end (`Amount EUR`) does not count.
 */
export function headerRank(header: string, field: CsvField): number | undefined {
  return rankOf(normalizeHeader(header), field)
}

/** How many fields a row of cells names, were it the header. */
export function namedFields(cells: readonly string[]): number {
  const names = cells.map(normalizeHeader)
  return CSV_FIELDS.filter((field) => names.some((name) => rankOf(name, field) !== undefined))
    .length
}

function rankOf(name: string, field: CsvField): number | undefined {
  const ranks = RANKS.get(field)!
  const known = ranks.get(name)
  if (known !== undefined || !isCurrency(name.slice(-3).toUpperCase())) return known
  return ranks.get(name.slice(0, -3)) ?? ranks.get(name.slice(0, -3).replace(/in$/, ''))
}
