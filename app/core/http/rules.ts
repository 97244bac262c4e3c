import vine from '@vinejs/vine'
import { documented } from '#core/openapi/documented'
import { isCurrency } from '#core/money/currency'

/*
 * Fields that every module has. They take exactly what the contract names, never
 * what merely can be read as such: numbers are no strings, days are no instants.
 */

const CONTROL = /\p{Cc}/u
const CONTROL_BUT_LINES = /[^\P{Cc}\n\t]/u
const INSTANT = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/
const DAYS = { first: '1900-01-01', last: '2200-12-31' }

const dayRule = vine.createRule((value, _options, field) => {
  if (typeof value === 'string' && !isDay(value)) {
    field.report('The {{ field }} field must be a day: YYYY-MM-DD', 'day', field)
  }
})

const monthRule = vine.createRule((value, _options, field) => {
  if (typeof value === 'string' && !isDay(`${value}-01`)) {
    field.report('The {{ field }} field must be a month: YYYY-MM', 'month', field)
  }
})

const instantRule = vine.createRule((value, _options, field) => {
  if (typeof value === 'string' && !isInstant(value)) {
    field.report('The {{ field }} field must be a moment: 2026-02-28T09:00:00Z', 'instant', field)
  }
})

const safeIntegerRule = vine.createRule((value, _options, field) => {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) {
    field.report('The {{ field }} field must be a whole number of minor units', 'integer', field)
  }
})

const nonZeroRule = vine.createRule((value, { nonZero }: { nonZero: boolean }, field) => {
  if (nonZero && value === 0) {
    field.report('The {{ field }} field must not be zero', 'nonZero', field)
  }
})

const currencyRule = vine.createRule((value, _options, field) => {
  if (typeof value === 'string' && !isCurrency(value)) {
    field.report('The {{ field }} field must be an ISO 4217 currency code', 'currency', field)
  }
})

const plainRule = vine.createRule((value, { multiline }: { multiline: boolean }, field) => {
  if (typeof value === 'string' && (multiline ? CONTROL_BUT_LINES : CONTROL).test(value)) {
    field.report('The {{ field }} field must not contain control characters', 'plainText', field)
  }
})

const decimalRule = vine.createRule((value, options: DecimalOptions, field) => {
  if (typeof value === 'string' && !isDecimal(value, options)) {
    field.report('The {{ field }} field must be a decimal number in a string', 'decimal', field)
  }
})

type DecimalOptions = { places: number; signed?: boolean }

/** A calendar day that exists, `2026-02-28`, kept as text; from 1900 to 2200. */
export function day() {
  return vine
    .string()
    .use(dayRule())
    .use(documented({ type: 'string', format: 'date' }))
}

/** A month, `2026-02`. */
export function month() {
  return vine
    .string()
    .use(monthRule())
    .use(documented({ type: 'string', pattern: String.raw`^\d{4}-(0[1-9]|1[0-2])$` }))
}

/** A moment with its offset, RFC 3339, kept as text. */
export function instant() {
  return vine
    .string()
    .use(instantRule())
    .use(documented({ type: 'string', format: 'date-time' }))
}

/** Money in the currency's minor unit: a safe integer, as a number. */
export function minorAmount({ min = Number.MIN_SAFE_INTEGER, nonZero = false } = {}) {
  return vine
    .number({ strict: true })
    .min(min)
    .use(safeIntegerRule())
    .use(nonZeroRule({ nonZero }))
    .use(
      documented({
        type: 'integer',
        minimum: min,
        maximum: Number.MAX_SAFE_INTEGER,
        ...(nonZero && { not: { const: 0 } }),
      })
    )
}

/** A whole number in a body. */
export function integer({ min, max }: { min: number; max: number }) {
  return vine
    .number({ strict: true })
    .withoutDecimals()
    .range([min, max])
    .use(documented({ type: 'integer', minimum: min, maximum: max }))
}

type QueryInteger = { min: number; max: number; default?: number }

/**
 * A whole number in a query, where everything is text: digits, and nothing else.
 * The default is only told to readers of the API document.
 */
export function queryInteger({ min, max, ...rest }: QueryInteger) {
  return vine
    .number({ strict: true })
    .parse((value) => (isDigits(value) ? Number(value) : value))
    .withoutDecimals()
    .range([min, max])
    .use(documented({ type: 'integer', minimum: min, maximum: max, ...rest }))
}

/** `true` or `false` in a query. */
export function queryBoolean() {
  return vine
    .boolean({ strict: true })
    .parse((value) => (value === 'true' ? true : value === 'false' ? false : value))
    .use(documented({ type: 'boolean' }))
}

/** A quantity, price or rate as text, `"0.00420000"`: never a float. */
export function decimal(options: DecimalOptions) {
  const sign = options.signed ? '-?' : ''
  const pattern = `^${sign}\\d{1,20}(\\.\\d{1,${options.places}})?$`
  return vine
    .string()
    .use(decimalRule(options))
    .use(documented({ type: 'string', pattern }))
}

/** An ISO 4217 code in capitals. */
export function currencyCode() {
  return vine
    .string()
    .use(currencyRule())
    .use(documented({ type: 'string', pattern: '^[A-Z]{3}$' }))
}

/** The id of a resource. */
export function id() {
  return vine
    .string()
    .uuid()
    .toLowerCase()
    .use(documented({ type: 'string', format: 'uuid' }))
}

/**
 * What a person typed: trimmed, 1 to `max` characters, without control
 * characters; `multiline` allows line breaks and tabs.
 */
export function plainText(max: number, { multiline = false } = {}) {
  return vine
    .string()
    .trim()
    .minLength(1)
    .maxLength(max)
    .use(plainRule({ multiline }))
    .use(documented({ type: 'string', minLength: 1, maxLength: max }))
}

function isDigits(value: unknown): boolean {
  return typeof value === 'string' && /^-?\d{1,16}$/.test(value)
}

/** Whether the text is a day of the calendar, from 1900 to 2200. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text < DAYS.first || text > DAYS.last) {
    return false
  }
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.valueOf()) && date.toISOString().startsWith(text)
}

function isInstant(text: string): boolean {
  const [, date] = INSTANT.exec(text) ?? []
  return date !== undefined && isDay(date) && !Number.isNaN(Date.parse(text))
}

function isDecimal(text: string, { places, signed = false }: DecimalOptions): boolean {
  const [, sign, fraction = ''] = /^(-?)\d{1,20}(?:\.(\d+))?$/.exec(text) ?? []
  return sign !== undefined && (signed || sign === '') && fraction.length <= places
}
