import { test } from '@japa/runner'
import { ProgressBar } from '#core/console/progress_bar'

function screen(isTTY: boolean) {
  const lines: string[] = []
  return { isTTY, lines, write: (line: string) => lines.push(line) > 0 }
}

test.group('Progress bar', () => {
  test('shows how far something is: {share}')
    .with([
      { share: 0, line: `Export ${'░'.repeat(30)}   0 %` },
      { share: 0.5, line: `Export ${'█'.repeat(15)}${'░'.repeat(15)}  50 %` },
      { share: 0.999, line: `Export ${'█'.repeat(30)}  99 %` },
      { share: 7, line: `Export ${'█'.repeat(30)} 100 %` },
    ])
    .run(({ assert }, { share, line }) => {
      const terminal = screen(true)

      new ProgressBar('Export', terminal).show(share)

      assert.deepEqual(terminal.lines, [`\r${line}\u001b[K`])
    })

  test('leaves no trace', ({ assert }) => {
    const terminal = screen(true)

    new ProgressBar('Export', terminal).clear()

    assert.deepEqual(terminal.lines, ['\r\u001b[K'])
  })

  test('is silent where nobody watches', ({ assert }) => {
    const file = screen(false)

    new ProgressBar('Export', file).show(0.5)

    assert.isEmpty(file.lines)
  })
})
