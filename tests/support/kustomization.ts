import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import app from '@adonisjs/core/services/app'
import { parseAllDocuments } from 'yaml'

/** A resource of Kubernetes as its file says it. */
export interface Manifest {
  kind: string
  metadata: { name: string; namespace?: string; labels?: Record<string, string> }
  spec: any
  stringData?: Record<string, string>
}

interface KustomizationFile {
  namespace?: string
  resources?: string[]
  images?: { name: string; newName: string; newTag: string }[]
  replicas?: { name: string; count: number }[]
  patches?: { path: string }[]
  configMapGenerator?: { name: string; behavior?: 'merge'; envs: string[] }[]
}

/** What a kustomization puts together, before its patches are applied. */
export class Kustomization {
  readonly manifests: Manifest[] = []
  readonly patches: Manifest[] = []
  readonly images: string[] = []
  readonly replicas: string[] = []
  readonly settings: NodeJS.Dict<string> = {}

  /** Every file it is made of, from the project's root. */
  readonly files = new Set<string>()

  /** @param folder from the project's root; throws where something it names is missing or no YAML */
  static async read(folder: string) {
    const kustomization = new Kustomization()
    await kustomization.#add(folder)
    return kustomization
  }

  get workloads() {
    return this.manifests.filter(({ kind }) => ['Deployment', 'Job'].includes(kind))
  }

  of(kind: string) {
    return this.manifests.filter((manifest) => manifest.kind === kind)
  }

  find(kind: string, name: string) {
    return this.of(kind).find(({ metadata }) => metadata.name === name)
  }

  async #add(folder: string) {
    const path = join(folder, 'kustomization.yaml')
    this.files.add(path)
    const [file] = await documentsOf<KustomizationFile>(path)
    for (const name of file.resources ?? []) await this.#addResource(join(folder, name))
    for (const { path: name } of file.patches ?? []) {
      this.files.add(join(folder, name))
      this.patches.push(...(await documentsOf<Manifest>(join(folder, name))))
    }
    for (const name of file.configMapGenerator?.flatMap(({ envs }) => envs) ?? []) {
      this.files.add(join(folder, name))
      Object.assign(this.settings, parseEnv(await readFile(app.makePath(folder, name), 'utf8')))
    }
    this.images.push(...(file.images ?? []).map(({ name }) => name))
    this.replicas.push(...(file.replicas ?? []).map(({ name }) => name))
  }

  async #addResource(path: string) {
    const found = await stat(app.makePath(path))
    if (found.isDirectory()) return this.#add(path)
    this.files.add(path)
    this.manifests.push(...(await documentsOf<Manifest>(path)))
  }
}

/** The documents of a YAML file; throws where it is none, or says a key twice. */
export async function documentsOf<T>(path: string): Promise<T[]> {
  return documentsIn(await readFile(app.makePath(path), 'utf8'), path)
}

export function documentsIn<T>(text: string, path: string): T[] {
  return parseAllDocuments(text).map((document) => {
    const [problem] = [...document.errors, ...document.warnings]
    if (problem) throw new Error(`${path}: ${problem.message}`)
    return document.toJS() as T
  })
}

/** Every file below a folder, from the project's root. */
export async function filesBelow(folder: string) {
  const entries = await readdir(app.makePath(folder), { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => app.relativePath(join(entry.parentPath, entry.name)))
}
