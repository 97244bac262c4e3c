import type { RowField } from '#transactions/domain/statements/fields'

/**
 * Header names of banks and finance programs without white space and
 * punctuation, the better one first, in English, German, French, Spanish,
 * Italian, Dutch, Portuguese, Polish, Czech, Swedish, Norwegian, Danish,
 * Finnish, Greek, Russian, Ukrainian, Bulgarian, Chinese and Japanese. Booking days come before value days, what was moved in the end
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
    rentedato valuta effectivedate starteddate datestarted createdon
    datumizvrsenja konyvelesdatuma tarih datatranzactie
    日付 取引日 お取引日 取引日付 取引年月日 年月日 お取扱日 取扱日 入出金日 利用日 ご利用日
    ημερομηνιασυναλλαγης ημνιασυναλλαγης ημερομηνιακινησης ημερομηνιακαταχωρησης ημερομηνια
    ημνια ημερομηνιααξιας датаоперации датапроводки датаплатежа датаивремя датаоперації датапроведення
    датаічасоперації датаiчасоперації датаічас датанаоперация датанатранзакция датанаосчетоводяване
    дата вальор
    记账日期 入账日期 交易日期 交易时间 付款时间 日期`,
  account: `account accountname konto kontoname auftragskonto compte numerocompte accountlabel
    cuenta conto rekening rekeningnummer conta rachunek
    口座 口座名 口座名義
    счет рахунок сметка 账户`,
  payee: `payee payeename targetname merchant merchantname counterpartyname namepartner partnername
    beneficiary beneficiaryname recipient recipientname empfanger zahlungsempfanger
    zahlungsempfangerin auftraggeberempfanger empfangerauftraggeber auftraggeberbegunstigter
    begunstigterauftraggeber begunstigterzahlungspflichtiger namezahlungsbeteiligter
    zahlungsbeteiligter senderempfanger empfanger1 handler beneficiaire tiers supplierfound libellesimplifie
    nomcontrepartie beneficiario naamtegenpartij naamtegenpartijbevat naamomschrijving destinatario
    contraente nadawcaodbiorca kontrahent odbiorca nazwaodbiorcy danekontrahenta nazevprotiuctu
    mottagare modtager saajamaksaja saaja maksunsaaja name naam namn navn nimi nom counterparty
    tegenpartij partner gegenpartei protistrana senderreceivername partnerneve
    取引先 相手先 支払先 振込依頼人名 利用店名商品名 利用店名 ご利用店名
    δικαιουχος συναλλασσομενος контрагент наименованиеконтрагента наредителполучател получатель
    отримувач получател 交易对方 对方户名 对方名称`,
  payer: `payer payername sourcename zahlungspflichtiger zahlungspflichtige zahlungspflichtigerr
    auftraggeber ordenante donneurdordre nadawca avsandare maksaja afsender
    πληρωτης плательщик платник наредител 付款人`,
  description: `description transactiondescription verwendungszweck omschrijving concepto
    descripcion descrizionecompleta descrizione causale libelleoperation detaildelecriture libelle details transactiondetails narrative
    buchungsdetails buchungstext umsatztext umsatzinfo buchungsinfo avisierungstext zahlungszweck
    zahlungsgrund beschreibung beschreibung1 mededelingen vrijemededeling
    omschrijving1 beschrijving descricao opisoperacji opistransakcji opis tytul tytulem tytuloperacji
    zpravaproprijemce popis paymentreference paymentdescription reference itemtitle subject betreff
    message mitteilung description1 bezeichnung transaktionstext narration particulars title selitys viesti otsikko rubrik forklaring beskrivelse text tekst vorgang
    movimiento label transactionremarks lancamento uzivatelskaidentifikace beskrivning referens dettagli
    operazione descriere aciklama detalle glosa opisplacanja kozlemeny
    摘要内容 摘要 お取り扱い内容 お取扱内容 取引内容 お取引内容 入出金内容 内容 詳細 詳細1 詳細2
    περιγραφησυναλλαγης περιγραφη αιτιολογια назначениеплатежа описаниеоперации описание
    призначенняплатежу описоперації деталіоперації опис основание пояснение
    商品说明 商品名称 商品 交易说明 交易摘要 用途 附言`,
  notes: `notes note memo comment comments remark notesandtags notiz notizen bemerkung commentaire
    remarque informationscomplementaires notas observaciones observacoes uwagi opmerking notizie
    メモ 備考
    σχολια σημειωσεις комментарий коментар 备注`,
  category: `category categoryname spendingcategory kategorie categorie categoria kategoria rubriek
    kategori
    カテゴリ カテゴリー 費目 項目 分類
    κατηγορια категория категорія 交易分类 分类`,
  amount: `net netto nettobetrag totalamount amount transactionamount value sum betrag umsatz montant
    montantoperation montantdeloperation importe cantidad importo bedrag transactiebedrag valor
    montante kwota kwotaoperacji kwotatransakcji objem castka belopp belob maara insattningaruttag
    creditdebitamount paymentamount gross brutto osszeg tutar sourceamount
    入出金 入出金額 取引金額 金額 利用金額 ご利用金額
    ποσοσυναλλαγης ποσο суммаплатежа суммаоперации сумма сумаввалютікартки сумаоперації сума
    сумаввалютіоперації сумаввалютітранзакції     交易金额 发生额 金额`,
  debit: `debit debitamount debits paidout moneyout withdrawal withdrawals withdrawalamount
    withdrawalamt outflow soll belastung belastungen lastschrift ausgang cargo cargos debe uscite
    addebiti dare afschrijving debito obciazenia obciazenie uttag utfrakonto giros borc isplata
    お支払金額 支払金額 支払い金額 お支払い金額 お支払額 お引出し お引出額 お引き出し額 お引出金額 引出金額 出金金額 出金額 出金 払出金額 払戻金額
    χρεωσεις χρεωση дебет дебит списание расход витрати 借方发生额 借方金额 借方 支出金额 支出`,
  credit: `credit creditamount credits paidin moneyin deposit deposits depositamount depositamt
    inflow haben gutschrift gutschriften eingang abono abonos haber entrate accrediti avere
    bijschrijving credito uznania uznanie insattning innpakonto depositos alacak uplata
    お預り金額 お預かり金額 預り金額 預かり金額 お預入れ お預入額 お預け入れ額 お預入金額 預入金額 入金金額 入金額 入金 受入金額
    πιστωσεις πιστωση кредит зачисление приход поступление надходження 贷方发生额 贷方金额 贷方 收入金额 收入`,
  direction: `direction afbij sollhaben debitcredit creditdebit creditdebitindicator dc cd drcr crdr
    debetcredit sens transactiontype type
    προσημο χπ χρεωσηπιστωση приходрасход 收支 收付 借贷 借贷标志 收支标志`,
  fee: `fee fees gebuhr gebuhren entgelt frais commission comision commissione costo kosten prowizja sourcefeeamount`,
  currency: `currency currencycode wahrung whg devise devises monnaie divisa moneda munt muntsoort
    moeda waluta mena valuutta valuta devizanem sourcecurrency
    通貨
    νομισμα валютаплатежа валютасчета валютакартки валютаоперации валюта 币种`,
  status: `status state transactionstatus buchungsstatus zustand etat estado stato tila info
    статус 交易状态 当前状态`,
  tags: `tags tag labels label schlagworte etiquettes etiquetas etichette etykiety`,
}

/** What headers of balances begin or end with. */
export const BALANCE_WORDS = `balance saldo solde kontostand bakiye bakiyesi zustatek stanje egyenleg
  sold saldokonto likutis jaak остаток залишок салдо наличност υπολοιπο 余额 残高`
