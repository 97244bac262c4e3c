/** A transaction as every format can tell it. */
export interface StatementRow {
  id: string
  /** `YYYY-MM-DD` */
  day: string
  payee: string
  text: string
  /** Minor units of a currency with two decimals. */
  amount: number
}

interface Writer {
  begin: string
  row: (row: StatementRow) => string
  end: string
}

const IBAN = 'DE00370400440532013000'
const compact = (day: string) => day.replaceAll('-', '')
const direction = (amount: number) => (amount < 0 ? 'DBIT' : 'CRDT')

const OFX_BODY = {
  begin: `<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR</CURDEF><BANKACCTFROM><BANKID>1</BANKID><ACCTID>${IBAN}</ACCTID></BANKACCTFROM><BANKTRANLIST>\n`,
  end: '</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n',
}

/** How each format is written, so that files of any length can be made piece by piece. */
export const WRITERS = {
  csv: {
    begin: 'id;date;payee;description;amount\n',
    row: ({ id, day, payee, text, amount }) =>
      `${[id, day, quoted(payee), quoted(text), decimal(amount, ',')].join(';')}\n`,
    end: '',
  },
  ofx1: {
    begin: `OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:UTF-8\n\n${OFX_BODY.begin}`,
    row: ({ id, day, payee, text, amount }) =>
      `<STMTTRN>\n<TRNTYPE>OTHER\n<DTPOSTED>${compact(day)}\n<TRNAMT>${decimal(amount)}\n` +
      `<FITID>${id}\n<NAME>${escaped(payee)}\n<MEMO>${escaped(text)}\n</STMTTRN>\n`,
    end: OFX_BODY.end,
  },
  ofx2: {
    begin: `<?xml version="1.0" encoding="UTF-8"?>\n<?OFX OFXHEADER="200" VERSION="211"?>\n${OFX_BODY.begin}`,
    row: ({ id, day, payee, text, amount }) =>
      `<STMTTRN><TRNTYPE>OTHER</TRNTYPE><DTPOSTED>${compact(day)}</DTPOSTED>` +
      `<TRNAMT>${decimal(amount)}</TRNAMT><FITID>${id}</FITID><NAME>${escaped(payee)}</NAME>` +
      `<MEMO>${escaped(text)}</MEMO></STMTTRN>\n`,
    end: OFX_BODY.end,
  },
  qif: {
    begin: '!Type:Bank\n',
    row: ({ day, payee, text, amount }) =>
      `D${day.split('-').reverse().join('/')}\nT${decimal(amount)}\nP${payee}\nM${text}\n^\n`,
    end: '',
  },
  camt053: {
    begin:
      `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">` +
      `<BkToCstmrStmt><GrpHdr><MsgId>1</MsgId></GrpHdr><Stmt><Id>1</Id><Acct><Id><IBAN>${IBAN}</IBAN></Id></Acct>\n`,
    row: ({ id, day, payee, text, amount }) => {
      const role = amount < 0 ? 'Cdtr' : 'Dbtr'
      return (
        `<Ntry><NtryRef>${id}</NtryRef><Amt Ccy="EUR">${decimal(Math.abs(amount))}</Amt>` +
        `<CdtDbtInd>${direction(amount)}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>` +
        `<BookgDt><Dt>${day}</Dt></BookgDt><ValDt><Dt>${day}</Dt></ValDt>` +
        `<AcctSvcrRef>${id}</AcctSvcrRef><BkTxCd><Domn><Cd>PMNT</Cd></Domn></BkTxCd>` +
        `<NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs><RltdPties><${role}>` +
        `<Pty><Nm>${escaped(payee)}</Nm></Pty></${role}></RltdPties>` +
        `<RmtInf><Ustrd>${escaped(text)}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>\n`
      )
    },
    end: '</Stmt></BkToCstmrStmt></Document>\n',
  },
  mt940: {
    begin: `:20:1\n:25:${IBAN}\n:28C:1/1\n:60F:C260101EUR0,00\n`,
    row: ({ day, payee, text, amount }) =>
      `:61:${compact(day).slice(2)}${compact(day).slice(4)}${amount < 0 ? 'D' : 'C'}` +
      `${decimal(Math.abs(amount), ',')}NTRFNONREF\n` +
      `:86:166?00BOOKING?20SVWZ+${text}?32${payee}\n`,
    end: ':62F:C260131EUR0,00\n-\n',
  },
} satisfies Record<string, Writer>

export type WrittenFormat = keyof typeof WRITERS

/** A whole file of these rows. */
export function statementFile(format: WrittenFormat, rows: readonly StatementRow[]): string {
  const { begin, row, end } = WRITERS[format]
  return begin + rows.map(row).join('') + end
}

function decimal(minor: number, mark = '.'): string {
  const digits = String(Math.abs(minor)).padStart(3, '0')
  return `${minor < 0 ? '-' : ''}${digits.slice(0, -2)}${mark}${digits.slice(-2)}`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function quoted(cell: string): string {
  return /[";\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
