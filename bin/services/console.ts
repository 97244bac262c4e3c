/*
| What the launcher says: one line a step, one table when all is ready.
*/
const colored = process.stdout.isTTY === true && !process.env.NO_COLOR
const paint = (code: number) => (text: string) =>
  colored ? `\u001b[${code}m${text}\u001b[0m` : text

export const bold = paint(1)
export const dim = paint(2)
export const red = paint(31)
export const green = paint(32)
export const yellow = paint(33)

export function seconds(milliseconds: number) {
  return `${(Math.round(milliseconds / 100) / 10).toLocaleString('en', { minimumFractionDigits: 1 })} s`
}

/** Steps under way: in a terminal the last line names them, and what is said goes above it. */
const underWay = new Set<string>()

function showUnderWay() {
  const names = [...underWay].join(', ')
  lastLine(names && `  ${dim('…')} ${names}`)
}

function lastLine(text: string) {
  if (process.stdout.isTTY) {
    process.stdout.write(`\r\u001b[2K${text}`)
  }
}

function print(line: string, write = console.log) {
  lastLine('')
  write(line)
  showUnderWay()
}

export function say(sentence: string) {
  print(`  ${sentence}`)
}

export function warn(sentence: string) {
  print(`  ${yellow('!')} ${sentence}`)
}

/**
 * Runs one step, names it while it runs, and says how long it took and what came
 * of it. Steps may run side by side.
 */
export async function step<T>(name: string, work: () => Promise<T>, result?: (value: T) => string) {
  const startedAt = Date.now()
  underWay.add(name)
  showUnderWay()
  if (!process.stdout.isTTY) {
    console.log(`  … ${name}`)
  }

  const ended = (mark: string, detail = '') => {
    underWay.delete(name)
    print(`  ${mark} ${name.padEnd(16)} ${detail}${dim(`(${seconds(Date.now() - startedAt)})`)}`)
  }
  try {
    const value = await work()
    ended(green('✓'), result ? `${result(value)} ` : '')
    return value
  } catch (error) {
    ended(red('✗'))
    throw error
  }
}

/** Two columns, aligned, between blank lines. */
export function table(rows: [name: string, value: string][]) {
  const width = Math.max(...rows.map(([name]) => name.length))
  const lines = rows.map(([name, value]) => `  ${bold(name.padEnd(width))}   ${value}`)
  console.log(['', ...lines, ''].join('\n'))
}

/** Shows the end of what a failed child said, set off from the launcher's own lines. */
export function quote(output: string) {
  const text = output.trimEnd()
  if (text) {
    print(text.replace(/^/gm, dim('    │ ')), console.error)
  }
}
