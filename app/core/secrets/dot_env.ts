import { chown, open, realpath, rename, rm, stat } from 'node:fs/promises'
import { EnvLoader, EnvParser } from '@adonisjs/core/env'

export type Settings = Record<string, string | undefined>

export class DotEnvProblem extends Error {}

/** The `.env` files of this installation, read as at the start of a process. */
export class DotEnv {
  #seen?: string

  /** @param root of the application; `ENV_PATH` names another folder */
  constructor(private root: URL) {}

  /** Whether a file changed since the last time this was asked; the first time says yes. */
  async hasChanged() {
    const files = await this.#files()
    const marks = files.map(({ path }) =>
      stat(path, { bigint: true }).then(({ ino, mtimeNs, size }) => [ino, mtimeNs, size].join())
    )
    const seen = await Promise.all(marks).then((all) => all.join(';'))
    const isOther = seen !== this.#seen
    this.#seen = seen
    return isOther
  }

  /** What the files say, without the environment over them. */
  async read(): Promise<Settings> {
    return this.#merge(await this.#files())
  }

  /**
   * Changes settings (null takes one out) in the file that names `anchor`, in one
   * step: a reader sees the file before or after, and so does one after a crash.
   * Comments, order, mode and owner stay.
   *
   * @returns the file
   * @throws DotEnvProblem when another change is under way, or the settings would
   * read otherwise: another file or line names them too. Then nothing is changed.
   */
  async change(anchor: string, changes: Record<string, string | null>): Promise<string> {
    const files = await this.#files()
    const file = files.find(({ contents }) => linesOf(anchor).test(contents))
    if (!file) throw new DotEnvProblem(`no .env names ${anchor}`)

    const contents = changed(file.contents, anchor, changes)
    const then = await this.#merge(files.map((each) => (each === file ? { contents } : each)))
    const wrong = Object.keys(changes).find((name) => (then[name] || null) !== changes[name])
    if (wrong) throw new DotEnvProblem(`${wrong} can't be changed in ${file.path}: set it by hand`)

    const path = await realpath(file.path)
    await replaceFile(path, contents)
    return path
  }

  async #merge(files: { contents: string }[]) {
    const settings: Settings = {}
    for (const { contents } of files) {
      const parser = new EnvParser(contents, this.root, { ignoreProcessEnv: true })
      const values: Settings = await parser.parse()
      for (const [name, value] of Object.entries(values)) settings[name] ??= value
    }
    return settings
  }

  async #files() {
    const files = await new EnvLoader(this.root).load()
    return files.filter(({ fileExists }) => fileExists)
  }
}

/** Lines that set a setting, or that offer it behind a `#`. */
function linesOf(name: string, isOffered = false) {
  return new RegExp(
    `^[ \\t]*${isOffered ? '#[ \\t]*' : ''}(?:export[ \\t]+)?${name}[ \\t]*=.*$`,
    'm'
  )
}

/** The text with each setting at its old place, at its `# NAME=` line, or behind the anchor's. */
function changed(text: string, anchor: string, changes: Record<string, string | null>) {
  for (const [name, value] of Object.entries(changes)) {
    const line = value === null ? `# ${name}=` : `${name}=${written(value)}`
    const place = [linesOf(name), linesOf(name, true)].find((lines) => lines.test(text))
    if (place) text = text.replace(place, () => line)
    else if (value !== null) text = text.replace(linesOf(anchor), (found) => `${found}\n${line}`)
  }
  return text
}

/** As the parsers of Node and AdonisJS read it: quoted where needed, `$` is no reference. */
function written(value: string) {
  const escaped = value.replaceAll('$', String.raw`\$`)
  return /^[\w+/=.:@$\\-]*$/.test(escaped) ? escaped : `'${escaped}'`
}

async function replaceFile(path: string, text: string) {
  const { mode, uid, gid } = await stat(path)
  const draft = `${path}.rotating`
  const handle = await open(draft, 'wx', mode & 0o777).catch((error) => {
    if (error.code !== 'EEXIST') throw error
    throw new DotEnvProblem(`${draft} exists: another rotation runs, or was killed; then remove it`)
  })
  try {
    await handle.chmod(mode & 0o777)
    await handle.writeFile(text)
    await handle.sync()
    if (process.getuid?.() === 0) await chown(draft, uid, gid)
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  } finally {
    await handle.close()
  }
}
