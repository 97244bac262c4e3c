import { Money } from '#core/money/money'

/** What a wording may need to know; which of it is there depends on the subject. */
export interface Facts {
  /** How the user writes numbers (BCP 47), and their IANA zone. */
  locale: string
  timeZone: string

  [name: string]: unknown
}

export interface Words {
  title: string
  body: string

  /** For programs, beside the words. */
  data?: Record<string, unknown>
}

/** Says in plain words what happened; null when there is nothing to tell after all. */
export type Wording = (facts: Facts) => Words | null

/** Of the words; days within them are in the same. */
const LANGUAGE = 'en-GB'

/** Why nothing more is sent to a webhook. */
const ENDED = {
  failing:
    'Its receiver failed for too long, so nothing more is sent there. Switch it on again once it works.',
  gone: 'Its receiver says that it is there no more, so nothing more is sent there.',
  security:
    'Your password was reset or your account disabled, so nothing more is sent there. See where it leads before you switch it on again.',
}

/** In the words of this table everybody reads what happened; they are kept as they were said. */
export const wordings = {
  importCompleted(facts) {
    const { imported, duplicates, rejected } = facts
    const counts = { imported, duplicates, rejected }
    const told = `${rows(imported, facts)} imported, ${number(duplicates, facts)} known already, ${number(rejected, facts)} rejected.`
    if (!facts.isDryRun) {
      return { title: 'Your import is finished', body: `${name(facts)}: ${told}`, data: counts }
    }
    return {
      title: 'Your import was checked',
      body: `${name(facts)}: ${rows(imported, facts)} to import, ${number(duplicates, facts)} known already, ${number(rejected, facts)} rejected. Nothing is booked until you confirm it.`,
      data: counts,
    }
  },

  importFailed(facts) {
    const reason = typeof facts.reason === 'string' ? inOneLine(facts.reason) : ''
    return {
      title: 'Your import failed',
      body: `${name(facts)} could not be imported to its end. ${reason}`.trim(),
    }
  },

  importReverted(facts) {
    return {
      title: 'Your import was taken back',
      body: `What ${name(facts)} had booked is gone from your ledger.`,
    }
  },

  exportReady(facts) {
    return {
      title: 'Your export is ready',
      body: `All your data is in one ZIP among your files, until ${day(facts.expiresAt, facts)}.`,
      data: { fileId: facts.fileId },
    }
  },

  exportFailed() {
    return {
      title: 'Your export could not be made',
      body: 'It was our fault. Ask for it once more; if that fails too, write to whoever runs this server.',
    }
  },

  ruleRunCompleted(facts) {
    return {
      title: 'Your rule has run',
      body: `${name(facts)} changed ${number(facts.changed, facts)} of your transactions.`,
      data: { changed: facts.changed },
    }
  },

  ruleRunFailed(facts) {
    return {
      title: 'Your rule could not be run to its end',
      body: `${name(facts)} changed ${number(facts.changed, facts)} of your transactions before it stopped. You can run it again.`,
      data: { changed: facts.changed },
    }
  },

  newSignIn(facts) {
    return {
      title: 'New sign-in to your account',
      body: `${String(facts.device)}, from ${String(facts.ip ?? 'an unknown address')}, on ${moment(facts.at, facts)}.`,
    }
  },

  alertTriggered(facts) {
    const [amount, threshold] = [money(facts.amount, facts), money(facts.threshold, facts)]
    const data = {
      alertKind: facts.alertKind,
      accountId: facts.accountId,
      transactionId: facts.transactionId ?? null,
      amount: facts.amount,
      threshold: facts.threshold,
      currency: facts.currency,
      more: facts.more,
    }
    const more = Number(facts.more ?? 0)
    const all = number(more + 1, facts)
    if (facts.alertKind === 'lowBalance') {
      const others = more === 1 ? 'Another account is' : `${number(more, facts)} other accounts are`
      const body = `${name(facts)} holds ${amount}, less than the ${threshold} you set.`
      return more === 0
        ? { title: 'An account is running low', body, data }
        : { title: `${all} accounts are running low`, body: `${body} ${others} low too.`, data }
    }
    const body = `${amount} on ${name(facts)}, ${inOneLine(String(facts.payee))}: you asked to hear of ${threshold} and more.`
    return more === 0
      ? { title: 'A large transaction was booked', body, data }
      : { title: `${all} large transactions were booked`, body: `The largest: ${body}`, data }
  },

  badgeAwarded(facts) {
    return {
      title: 'You earned a badge',
      body: `“${name(facts)}” is yours now.`,
      data: { code: facts.code, name: facts.name },
    }
  },

  webhookDisabled({ reason }) {
    const why = reason === 'gone' || reason === 'security' ? reason : 'failing'
    return { title: 'A webhook was switched off', body: ENDED[why], data: { reason: why } }
  },
} satisfies Record<string, Wording>

/** The locale, or English where Intl knows none of that name. */
export function knownLocale(locale: string): string {
  try {
    return Intl.NumberFormat.supportedLocalesOf(locale)[0] ?? 'en'
  } catch {
    return 'en'
  }
}

/** What a person or a bank has called it, in one line of sane length that turns no other words round. */
function name(facts: Facts) {
  return inOneLine(String(facts.name))
}

function inOneLine(text: string) {
  const line = text
    .replaceAll(/\p{Bidi_Control}+/gu, '')
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
  return line.length > 300 ? `${line.slice(0, 299)}…` : line
}

function number(value: unknown, { locale }: Facts) {
  return new Intl.NumberFormat(locale).format(Number(value))
}

function rows(value: unknown, facts: Facts) {
  return `${number(value, facts)} ${Number(value) === 1 ? 'row' : 'rows'}`
}

function money(minor: unknown, { currency, locale }: Facts) {
  return Money.of(Number(minor), String(currency)).format(locale)
}

function day(value: unknown, { timeZone }: Facts) {
  return new Intl.DateTimeFormat(LANGUAGE, { dateStyle: 'long', timeZone }).format(value as Date)
}

function moment(value: unknown, { timeZone }: Facts) {
  const format = new Intl.DateTimeFormat(LANGUAGE, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone,
  })
  return `${format.format(value as Date)} (${timeZone})`
}
