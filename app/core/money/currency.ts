/** A currency code that ISO 4217 does not list, or that has no minor unit (gold, test codes). */
export class UnknownCurrency extends Error {
  override name = 'UnknownCurrency'

  constructor(readonly code: string) {
    super(`${JSON.stringify(code.slice(0, 20))} is not an ISO 4217 currency`)
  }
}

export interface Currency {
  readonly code: string
  /** Decimals of the minor unit: 2 for EUR, 0 for JPY, 3 for KWD. */
  readonly digits: number
  /** The English name, from CLDR. */
  readonly name: string
}

/**
 * ISO 4217 list one, by the digits of the minor unit, without the codes that
 * have none (XAU, XDR, XXX…). Codes withdrawn since 2020 stay (HRK, BGN, ANG,
 * CUC, SLL, ZWL): a ledger reaches further back than the list does.
 */
const CODES_BY_DIGITS: Record<number, string> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  2: `AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP
    BYN BZD CAD CDF CHE CHF CHW CNY COP COU CRC CUC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD
    FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD
    KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN
    NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SLL
    SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST
    XAD XCD XCG YER ZAR ZMW ZWG ZWL`,
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
}

const names = new Intl.DisplayNames(['en'], { type: 'currency' })

const currencies = new Map<string, Currency>(
  Object.entries(CODES_BY_DIGITS).flatMap(([digits, codes]) =>
    codes
      .split(/\s+/)
      .map((code) => [
        code,
        Object.freeze({ code, digits: Number(digits), name: names.of(code) ?? code }),
      ])
  )
)

/** Every code that is accepted, in alphabetical order. */
export const CURRENCY_CODES: readonly string[] = [...currencies.keys()].sort()

/** Whether the code is a listed currency; upper case only, as ISO 4217 writes it. */
export function isCurrency(code: string): boolean {
  return currencies.has(code)
}

/** The currency of a code. Throws `UnknownCurrency`. */
export function currency(code: string): Currency {
  const found = currencies.get(code)
  if (!found) throw new UnknownCurrency(code)
  return found
}
