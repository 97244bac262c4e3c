import { mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { test } from '@japa/runner'
import { DotEnv, DotEnvProblem } from '#core/secrets/dot_env'

const TEXT = `# Written by hand.
PORT=4000

# Keep these.
APP_KEY=old   # never share
# The one before.
# APP_KEY_PREVIOUS=
export QUOTED="two words"
`

test.group('.env', (group) => {
  let folder: string
  let dotEnv: DotEnv
  const envPath = process.env.ENV_PATH

  group.each.setup(async () => {
    folder = await mkdtemp(join(tmpdir(), 'finora-env-'))
    process.env.ENV_PATH = folder
    await writeFile(join(folder, '.env'), TEXT, { mode: 0o640 })
    dotEnv = new DotEnv(pathToFileURL(`${folder}/`))
    return async () => {
      process.env.ENV_PATH = envPath
      await rm(folder, { recursive: true })
    }
  })

  test('is read as at the start', async ({ assert }) => {
    await writeFile(join(folder, '.env.test.local'), 'APP_KEY=nearer')

    const settings = await dotEnv.read()

    assert.equal(settings.APP_KEY, 'nearer')
    assert.equal(settings.QUOTED, 'two words')
  })

  test('changes and keeps the rest', async ({ assert }) => {
    await dotEnv.change('APP_KEY', { APP_KEY: 'new', APP_KEY_PREVIOUS: 'old', DB: 'x' })

    assert.equal(
      await readFile(join(folder, '.env'), 'utf8'),
      TEXT.replace('APP_KEY=old   # never share', 'APP_KEY=new\nDB=x').replace(
        '# APP_KEY_PREVIOUS=',
        'APP_KEY_PREVIOUS=old'
      )
    )
  })

  test('writes {value} as it is')
    .with(['with $PORT', 'with space # and', '"quoted"', 'a/b+c=='].map((value) => ({ value })))
    .run(async ({ assert }, { value }) => {
      await dotEnv.change('APP_KEY', { APP_KEY: value })

      const settings = await dotEnv.read()
      assert.equal(settings.APP_KEY, value)
    })

  test('changes nothing that is set twice', async ({ assert }) => {
    await writeFile(join(folder, '.env.test'), 'APP_KEY_PREVIOUS=elsewhere')

    const change = () => dotEnv.change('APP_KEY', { APP_KEY: 'new', APP_KEY_PREVIOUS: 'old' })

    await assert.rejects(change, DotEnvProblem as never)
    assert.equal(await readFile(join(folder, '.env'), 'utf8'), TEXT)
  })

  test('takes a setting out', async ({ assert }) => {
    await dotEnv.change('APP_KEY', { APP_KEY_PREVIOUS: 'old' })

    await dotEnv.change('APP_KEY', { APP_KEY_PREVIOUS: null })

    assert.equal(await readFile(join(folder, '.env'), 'utf8'), TEXT)
  })

  test('keeps its mode', async ({ assert }) => {
    await dotEnv.change('APP_KEY', { APP_KEY: 'new' })

    const { mode } = await stat(join(folder, '.env'))
    assert.equal(mode & 0o777, 0o640)
  })

  test('follows a link to the file', async ({ assert }) => {
    const real = join(folder, 'real')
    await writeFile(real, 'LINKED=1')
    await symlink(real, join(folder, '.env.test'))

    await dotEnv.change('LINKED', { LINKED: '2' })

    assert.equal(await readFile(real, 'utf8'), 'LINKED=2')
  })

  test('refuses two changes at once', async ({ assert }) => {
    await writeFile(join(folder, '.env.rotating'), '')

    const change = () => dotEnv.change('APP_KEY', { APP_KEY: 'new' })

    await assert.rejects(change, DotEnvProblem as never)
    assert.equal(await readFile(join(folder, '.env'), 'utf8'), TEXT)
  })

  test('notices a change of the file', async ({ assert }) => {
    const seen = [await dotEnv.hasChanged(), await dotEnv.hasChanged()]

    await dotEnv.change('APP_KEY', { APP_KEY: 'new' })

    assert.deepEqual([...seen, await dotEnv.hasChanged()], [true, false, true])
  })
})
