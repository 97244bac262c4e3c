import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { inject } from '@adonisjs/core'
import { tenant } from '#core/database/tenant'
import { Periodic } from '#core/queue/periodic'
import RunImport from '#transactions/actions/run_import'
import StartImport from '#transactions/actions/start_import'
import type { Mapping } from '#transactions/domain/statements/mapping'
import Import from '#transactions/models/import'
import { importFiles } from '#transactions/services/import_files'
import type User from '#users/models/user'

interface Input {
  actor: User
  path: string
  accountId: string
  /** Detected unless given. */
  format?: Import['format']
  mapping?: Mapping
  dryRun: boolean
  /** Told now and then how far it is. */
  onProgress: (record: Import) => void
}

/** After so many seconds a worker goes on with what this process left behind. */
const LEFT_TO_WORKER = 600

/** Milliseconds between two looks at the import, and before another try. */
const PAUSE = { look: 200, retry: 2_000 }

/**
 * Imports a file of this machine in this process, through the actions that the API
 * and the worker use. A process that dies in the middle loses nothing: the same
 * file goes on where it stopped, and so would a worker.
 */
@inject()
export default class ImportHere {
  constructor(
    protected startImport: StartImport,
    protected runImport: RunImport
  ) {}

  /** The import, completed or failed. */
  async handle({ onProgress, ...input }: Input): Promise<Import> {
    const { userId, id } = (await this.#unfinished(input)) ?? (await this.#started(input))
    const now = () => tenant.transaction(userId, (trx) => Import.findOrFail(id, { client: trx }))
    const looking = new Periodic(
      async () => onProgress(await now()),
      PAUSE.look,
      () => {}
    ).start()
    try {
      for (;;) {
        await this.runImport.handle({ userId, importId: id, comesBack: true })
        const record = await now()
        if (record.isOver) return record
        await sleep(PAUSE.retry)
      }
    } finally {
      await looking.stop()
    }
  }

  async #unfinished({ actor, path, accountId, dryRun, ...stated }: Omit<Input, 'onProgress'>) {
    const digest = createHash('sha256')
    await pipeline(createReadStream(path), digest)
    const begun = { accountId, digest: digest.digest(), dryRun }
    const record = await tenant.transaction(actor.id, (trx) => Import.findUnfinished(begun, trx))
    return record && isReadAs(stated, record) ? record : null
  }

  async #started({ path, ...input }: Omit<Input, 'onProgress'>) {
    const bytes = createReadStream(path)
    const file = await importFiles.store(input.actor.id, bytes, basename(path))
    return this.startImport.handle({ ...input, file, workerAfter: LEFT_TO_WORKER })
  }
}

/** Whether the import is the one that would be started: a profile may have given its mapping. */
function isReadAs({ format, mapping }: Pick<Input, 'format' | 'mapping'>, record: Import) {
  const isMappedSo = mapping
    ? isDeepStrictEqual(record.mapping, mapping)
    : record.mapping === null || record.profileId !== null
  return isMappedSo && !record.restoreDeleted && (format ?? record.format) === record.format
}
