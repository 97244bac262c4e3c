import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { test } from '@japa/runner'
import { logOutput } from '#core/logs/output'

const MEGABYTE = 'x'.repeat(2 ** 20)

/** Whatever waits on a pipe keeps the process from ending. */
async function drain(output: ReturnType<typeof logOutput>, pipe: string) {
  const reader = createReadStream(pipe).resume()
  output.end()
  await once(reader, 'close')
}

test.group('Logs / output', () => {
  test('keeps so much and no more while nobody reads', async ({ assert, cleanup }) => {
    const folder = await mkdtemp(join(tmpdir(), 'finora-log-'))
    cleanup(() => rm(folder, { recursive: true }))
    const pipe = join(folder, 'pipe')
    await promisify(execFile)('mkfifo', [pipe])
    const output = logOutput(pipe)
    cleanup(() => drain(output, pipe))
    let dropped = 0
    output.on('drop', () => dropped++)

    for (let n = 0; n < 24; n++) output.write(MEGABYTE)

    assert.isAtLeast(dropped, 8)
    assert.isBelow(dropped, 12)
  })
})
