import type { RowField } from '#transactions/domain/statements/fields'

/**
 * Header names of banks and finance programs without white space and
 * punctuation, the better one first, in English, German, French, Spanish,
 * Italian, Dutch, Portuguese, Polish, Czech, Swedish, Norwegian, Danish and
 * Finnish. Booking days come before value days, what was moved in the end
 * before parts of it, the other party's names before names of anybody.
 */
export const HEADER_WORDS: Record<RowField, string> = {
  id: `id externalid transactionid bankid fitid transferwiseid wiseid transaktionsid
    transaktionscode idtransaction idtransazione volgnr idtransacao identyfikatortransakcji
    numertransakcji idpohybu codedetransaction codicetransazione identificador bankreference
    transactionreference bankreferenz transactiereferentie idoperacion`,
  bookedOn: `bookedon bookedat bookingdate bookeddate dateposted postingdate posteddate postdate
    posted completeddate datecompleted finishedon transactiondate transdate date datetime created
    createdat
    buchungstag buchungsdatum buchung belegdatum datum datecomptable dateoperation datedoperation
    dateop datedeloperation datedecomptabilisation datedefin fechaoperacion fechadeoperacion
    fechacontable fecha datacontabile dataoperazione dataregistrazione boekdatum boekingsdatum
    transactiedatum datamovimento datamov datalancamento datadecontabilizacao dataksiegowania
    dataoperacji datatransakcji data datumprovedeni datumzauctovani bokforingsdag bokford
    bokforingsdatum bogfort bogforingsdato bokforingsdato dato kirjauspaiva paivamaara
    abschlussdatum datumdesabschlusses datumuhrzeit fechadefinalizacion datadicompletamento
    datumvoltooid wertstellung valutadatum wertstellungsdatum valuedate
    datevaleur datedevaleur dateval fechavalor datavaluta rentedatum datavalor datawaluty arvopaiva
    rentedato valuta effectivedate starteddate datestarted createdon`,
  account: `account accountname konto kontoname auftragskonto compte numerocompte accountlabel
    cuenta conto rekening rekeningnummer conta rachunek`,
  payee: `payee payeename targetname merchant merchantname counterpartyname namepartner partnername
    beneficiary beneficiaryname recipient recipientname empfanger zahlungsempfanger
    zahlungsempfangerin auftraggeberempfanger empfangerauftraggeber auftraggeberbegunstigter
    begunstigterauftraggeber begunstigterzahlungspflichtiger namezahlungsbeteiligter
    zahlungsbeteiligter senderempfanger empfanger1 handler beneficiaire tiers supplierfound libellesimplifie
    nomcontrepartie beneficiario naamtegenpartij naamtegenpartijbevat naamomschrijving destinatario
    contraente nadawcaodbiorca kontrahent odbiorca nazwaodbiorcy danekontrahenta nazevprotiuctu
    mottagare modtager saajamaksaja saaja maksunsaaja name naam namn navn nimi nom counterparty
    tegenpartij partner gegenpartei`,
  payer: `payer payername sourcename zahlungspflichtiger zahlungspflichtige zahlungspflichtigerr
    auftraggeber ordenante donneurdordre nadawca avsandare maksaja afsender`,
  description: `description transactiondescription verwendungszweck omschrijving concepto
    descripcion descrizione causale libelleoperation detaildelecriture libelle details transactiondetails narrative
    buchungsdetails buchungstext umsatztext umsatzinfo buchungsinfo avisierungstext zahlungszweck
    zahlungsgrund beschreibung beschreibung1 mededelingen vrijemededeling
    omschrijving1 beschrijving descricao opisoperacji opistransakcji opis tytul tytulem tytuloperacji
    zpravaproprijemce popis paymentreference paymentdescription reference itemtitle subject betreff
    message mitteilung description1 bezeichnung transaktionstext narration particulars title selitys viesti otsikko rubrik forklaring beskrivelse text tekst vorgang
    movimiento label`,
  notes: `notes note memo comment comments remark notesandtags notiz notizen bemerkung commentaire
    remarque informationscomplementaires notas observaciones observacoes uwagi opmerking notizie`,
  category: `category categoryname spendingcategory kategorie categorie categoria kategoria rubriek
    kategori`,
  amount: `net netto nettobetrag totalamount amount transactionamount value sum betrag umsatz montant
    montantoperation montantdeloperation importe cantidad importo bedrag transactiebedrag valor
    montante kwota kwotaoperacji kwotatransakcji objem castka belopp belob maara insattningaruttag
    creditdebitamount paymentamount gross brutto`,
  debit: `debit debitamount debits paidout moneyout withdrawal withdrawals withdrawalamount
    withdrawalamt outflow soll belastung belastungen lastschrift ausgang cargo cargos debe uscite
    addebiti dare afschrijving debito obciazenia obciazenie uttag utfrakonto`,
  credit: `credit creditamount credits paidin moneyin deposit deposits depositamount depositamt
    inflow haben gutschrift gutschriften eingang abono abonos haber entrate accrediti avere
    bijschrijving credito uznania uznanie insattning innpakonto`,
  direction: `direction afbij sollhaben debitcredit creditdebit creditdebitindicator dc cd drcr crdr
    debetcredit sens transactiontype type`,
  fee: `fee fees gebuhr gebuhren entgelt frais commission comision commissione costo kosten prowizja`,
  currency: `currency currencycode wahrung whg devise devises monnaie divisa moneda munt muntsoort
    moeda waluta mena valuutta valuta`,
  status: `status state transactionstatus buchungsstatus zustand etat estado stato tila info`,
  tags: `tags tag labels label schlagworte etiquettes etiquetas etichette etykiety`,
}
