const MS_PER_DAY = 86_400_000

/** A closed range of days, `YYYY-MM-DD`. */
export interface Window {
  from: string
  to: string
}

/** Before and after every day there is. */
export const EVER: Window = { from: '0001-01-01', to: '9999-12-31' }

export function addDays(day: string, count: number): string {
  return new Date(instantOf(day) + count * MS_PER_DAY).toISOString().slice(0, 10)
}

/** How many days later the second is. */
export function daysBetween(from: string, to: string): number {
  return (instantOf(to) - instantOf(from)) / MS_PER_DAY
}

export function firstOfMonth(day: string): string {
  return `${day.slice(0, 7)}-01`
}

/** The first day of the month after the one of this day. */
export function nextMonth(day: string): string {
  return firstOfMonth(addDays(firstOfMonth(day), 31))
}

/** The last so many days, today among them. */
export function daysUntil(today: string, count: number): Window {
  return { from: addDays(today, 1 - count), to: today }
}

function instantOf(day: string) {
  return Date.parse(`${day}T00:00:00Z`)
}
