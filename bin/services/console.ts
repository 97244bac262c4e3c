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

/** Goes over the name of the step under way, which is said again when the step ends. */
function print(line: string) {
  console.log(process.stdout.isTTY ? `\r\u001b[2K${line}` : line)
}

export function say(sentence: string) {
  print(`  ${sentence}`)
}

export function warn(sentence: string) {
  print(`  ${yellow('!')} ${sentence}`)
}

/** Runs one step, names it while it runs, and says how long it took and what came of it. */
export async function step<T>(name: string, work: () => Promise<T>, result?: (value: T) => string) {
  const startedAt = Date.now()
  const label = name.padEnd(16)
  if (process.stdout.isTTY) {
    process.stdout.write(`  ${dim('…')} ${label}`)
  } else {
    console.log(`  … ${name}`)
  }

  try {
    const value = await work()
    const detail = result ? `${result(value)} ` : ''
    print(`  ${green('✓')} ${label} ${detail}${dim(`(${seconds(Date.now() - startedAt)})`)}`)
    return value
  } catch (error) {
    print(`  ${red('✗')} ${label}`)
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
    console.error(text.replace(/^/gm, dim('    │ ')))
  }
}
