import { accountNumber } from '#transactions/domain/exports/account_number'
import type {
  ExportedAccount,
  ExportedTransaction,
  ExportFormat,
} from '#transactions/domain/exports/export_format'
import { exportedAmount, exportedId, oneLine } from '#transactions/domain/exports/exported_text'

/** What bank statements and those of credit cards call their elements. */
interface MessageSet {
  messages: string
  transaction: string
  statement: string
  account: string
}

const BANK: MessageSet = {
  messages: 'BANKMSGSRSV1',
  transaction: 'STMTTRNRS',
  statement: 'STMTRS',
  account: 'BANKACCTFROM',
}

const CREDIT_CARD: MessageSet = {
  messages: 'CREDITCARDMSGSRSV1',
  transaction: 'CCSTMTTRNRS',
  statement: 'CCSTMTRS',
  account: 'CCACCTFROM',
}

/** What OFX calls the types of bank accounts; credit cards need none. */
const TYPES: Record<ExportedAccount['type'], string> = {
  checking: 'CHECKING',
  savings: 'SAVINGS',
  cash: 'CHECKING',
  credit: 'CREDITLINE',
  loan: 'CREDITLINE',
  investment: 'SAVINGS',
  other: 'CHECKING',
}

/** The longest texts OFX allows, in characters. */
const LONGEST = { name: 32, extendedName: 100, memo: 255 }

const HEADER = `<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<?OFX OFXHEADER="200" VERSION="220" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="NONE"?>
`

const OK = '<STATUS><CODE>0</CODE><SEVERITY>INFO</SEVERITY></STATUS>'

/**
 * Open Financial Exchange 2.2: one statement for each account. A payee that is
 * longer than `NAME` may be stands in `EXTDNAME` too.
 *
 * @see https://financialdataexchange.org/ofx (11.4, Statement Download)
 */
export class OfxExport implements ExportFormat {
  readonly #now: Date
  #open: MessageSet | null = null

  constructor(now = new Date()) {
    this.#now = now
  }

  begin() {
    const signOn = `<SONRS>${OK}${element('DTSERVER', moment(this.#now))}${element('LANGUAGE', 'ENG')}</SONRS>`
    return `${HEADER}<OFX>\n<SIGNONMSGSRSV1>${signOn}</SIGNONMSGSRSV1>\n`
  }

  beginAccount({ id, type, currency, firstDay, lastDay }: ExportedAccount) {
    const set = type === 'credit' ? CREDIT_CARD : BANK
    const bank = set === BANK ? element('BANKID', 'FINORA') : ''
    const kind = set === BANK ? element('ACCTTYPE', TYPES[type]) : ''
    return [
      this.#switchTo(set),
      `<${set.transaction}>${element('TRNUID', '0')}${OK}<${set.statement}>`,
      element('CURDEF', currency),
      `<${set.account}>${bank}${element('ACCTID', accountNumber(id))}${kind}</${set.account}>`,
      `<BANKTRANLIST>${element('DTSTART', noonOf(firstDay))}${element('DTEND', noonOf(lastDay))}\n`,
    ].join('')
  }

  rows(transactions: ExportedTransaction[]) {
    return transactions.map(statementTransaction).join('')
  }

  endAccount({ balance, currency }: ExportedAccount) {
    const { statement, transaction } = this.#open!
    const amount = element('BALAMT', exportedAmount(balance, currency))
    const ledgerBalance = `<LEDGERBAL>${amount}${element('DTASOF', moment(this.#now))}</LEDGERBAL>`
    return `</BANKTRANLIST>${ledgerBalance}</${statement}></${transaction}>\n`
  }

  end() {
    return `${this.#switchTo(null)}</OFX>\n`
  }

  #switchTo(set: MessageSet | null) {
    if (set === this.#open) return ''
    const [closed, opened] = [this.#open, set]
    this.#open = set
    return [closed && `</${closed.messages}>\n`, opened && `<${opened.messages}>\n`]
      .filter(Boolean)
      .join('')
  }
}

/** The elements stand in the order of the specification. */
function statementTransaction(row: ExportedTransaction) {
  const payee = oneLine(row.payee)
  const memo = oneLine(row.description ?? row.notes)
  return [
    '<STMTTRN>',
    element('TRNTYPE', typeOf(row)),
    element('DTPOSTED', noonOf(row.bookedOn)),
    element('TRNAMT', exportedAmount(row.amount, row.currency)),
    element('FITID', exportedId(row)),
    element('NAME', cut(payee, LONGEST.name)),
    payee.length > LONGEST.name ? element('EXTDNAME', cut(payee, LONGEST.extendedName)) : '',
    memo ? element('MEMO', cut(memo, LONGEST.memo)) : '',
    '</STMTTRN>\n',
  ].join('')
}

function typeOf({ kind, amount }: ExportedTransaction) {
  if (kind === 'transfer') return 'XFER'
  return amount > 0 ? 'CREDIT' : 'DEBIT'
}

function element(name: string, value: string) {
  return `<${name}>${escaped(value)}</${name}>`
}

/** Characters that XML 1.0 can't hold are replaced. */
function escaped(text: string) {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
}

function cut(text: string, longest: number) {
  return [...text].slice(0, longest).join('').trim()
}

/** Without an hour it would be midnight in Greenwich, which is the day before in New York. */
function noonOf(day: string) {
  return `${day.replaceAll('-', '')}120000`
}

function moment(instant: Date) {
  return instant.toISOString().slice(0, 19).replace(/\D/g, '')
}
