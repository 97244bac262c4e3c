import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { outbox } from '#core/database/outbox'
import { copyData } from '#core/database/copy'
import { tenant } from '#core/database/tenant'
import { Turn } from '#core/event_loop/turn'
import { dependencyProblem } from '#core/http/database_problem'
import Account from '#wallet/models/account'
import { ApplyOverrides } from '#transactions/actions/apply_overrides'
import { BookImportRows } from '#transactions/actions/book_import_rows'
import { ConcludeImport } from '#transactions/actions/conclude_import'
import { LedgerNames, saveNames } from '#transactions/actions/ledger_names'
import { SplitImportedRows, type SplitRow } from '#transactions/actions/split_imported_rows'
import { failureOf } from '#transactions/domain/import_failure'
import { ImportPlan, isSplit } from '#transactions/domain/import_plan'
import { PayeeRules } from '#transactions/domain/payee_rules'
import {
  type Days,
  daysOf,
  hasAliases,
  hasOwnId,
  stagedLines,
} from '#transactions/domain/staged_lines'
import Import from '#transactions/models/import'
import PayeeAlias from '#transactions/models/payee_alias'
import Rule from '#transactions/models/rule'
import { type Chunk, chunksOf } from '#transactions/services/import_chunks'

/** A chunk, ready to be written. */
interface Batch {
  data: Buffer
  rows: number
  from: number
  bytes: number
  hasOwnIds: boolean
  hasAliases: boolean
  days: Days | null
  splits: SplitRow[]
  names: ReturnType<LedgerNames['takeNew']>
}

const NO_NAMES = { accounts: [], categories: [] }

/** How long an import waits for another of the same user, or for a server that is gone. */
const WAIT_SECONDS = 2

/** Another worker has gone on with this import. */
class Superseded extends Error {}

interface Input {
  userId: string
  importId: string
  /** Whoever asks does so again until the import is over: no job needs to. */
  comesBack?: boolean
}

interface Run {
  record: Import
  account: Account
  names: LedgerNames
  plan: ImportPlan
  /** What a dry run has met so far. */
  seen: Set<string>
}

/**
 * Reads an uploaded file into the ledger. Each chunk of rows is booked in one
 * transaction with the import's progress, so a worker that dies loses nothing
 * and repeats nothing: the next one skips what is done.
 */
export default class RunImport {
  async handle({ userId, importId, comesBack = false }: Input) {
    const started = await tenant.transaction(userId, (trx) => this.#start(importId, comesBack, trx))
    if (!started) return

    try {
      await this.#book(started)
      await new ConcludeImport().handle(started.record)
    } catch (error) {
      if (error instanceof Superseded) return
      const failure = failureOf(error)
      if (failure) return new ConcludeImport().handle(started.record, failure)
      if (!(await this.#goesOnLater(started.record, comesBack, error))) throw error
    }
  }

  /** What was booked stays; the import says that it could not be finished. */
  async giveUp({ userId, importId }: Input) {
    const record = await tenant.transaction(userId, (trx) => Import.find(importId, { client: trx }))
    if (!record || record.isOver) return
    const detail = 'Finora could not finish reading the file. What it had booked has stayed.'
    await new ConcludeImport().giveUp(record, { code: 'interrupted', detail })
  }

  async #start(
    importId: string,
    comesBack: boolean,
    trx: TransactionClientContract
  ): Promise<Run | null> {
    const record = await Import.query({ client: trx }).where('id', importId).forUpdate().first()
    if (!record || record.isOver) return null
    if (await record.mustWait(trx)) {
      if (!comesBack) await this.#enqueue(record, trx)
      return null
    }

    await record.start(trx)
    const account = await Account.findOrFail(record.accountId!, { client: trx })
    const names = await LedgerNames.load(trx, record.mapping?.createMissing ?? false)
    const rules = await Rule.query({ client: trx }).orderBy('position').orderBy('id')
    const plan = new ImportPlan({
      account: { id: account.id, currency: account.currency },
      names,
      payees: await PayeeAlias.known(trx),
      rules: new PayeeRules(rules.map((rule) => rule.asPayeeRule(names))),
      accountsAreMapped: record.mapping?.account !== undefined,
    })
    return { record, account, names, plan, seen: new Set<string>() }
  }

  /**
   * While Postgres books one chunk, the next is read and made ready. Reading waits
   * until the booking is under way: it would keep the short statements before it
   * waiting for the event loop.
   */
  async #book(run: Run) {
    let writing = Promise.resolve()
    try {
      for await (const chunk of chunksOf(run.record, run.account)) {
        const batch = await this.#prepare(run, chunk)
        await writing
        const underWay = Promise.withResolvers<void>()
        writing = this.#write(run.record, batch, underWay.resolve)
        await Promise.race([underWay.promise, writing])
      }
    } finally {
      await writing
    }
  }

  /** Every row is placed, those done before too: they count as occurrences and name accounts. */
  async #prepare({ record, names, plan, seen }: Run, chunk: Chunk): Promise<Batch> {
    const { from, bytes } = chunk
    const placed = await this.#place(chunk, plan)
    const done = Math.max(0, record.processedRows - from)
    const lines = stagedLines(placed, record.dryRun ? seen : undefined).slice(done)
    const data = copyData(lines)
    const batch = {
      ...{ data, rows: lines.length, from: from + done, bytes, days: daysOf(placed) },
      ...{ hasOwnIds: placed.some(hasOwnId), hasAliases: placed.some(hasAliases) },
      splits: placed.slice(done).filter(isSplit),
    }
    return { ...batch, names: lines.length === 0 ? NO_NAMES : names.takeNew() }
  }

  /** A user's rules may take long over a row. */
  async #place({ rows }: Chunk, plan: ImportPlan) {
    const placed: ReturnType<ImportPlan['place']>[] = []
    const turn = new Turn()
    for (const row of rows) {
      if (turn.isOver) await turn.pass()
      placed.push(plan.place(row))
    }
    return placed
  }

  async #write(record: Import, batch: Batch, underWay: () => void) {
    const { rows, from, bytes, names } = batch
    if (rows === 0) return

    const { userId, id: importId, dryRun, restoreDeleted } = record
    await tenant[dryRun ? 'transaction' : 'ledger'](userId, async (trx) => {
      if (!(await record.claim(from, trx))) throw new Superseded()
      if (!dryRun) await saveNames({ userId, importId }, names, trx)
      const chunk = { userId, importId, dryRun, restoreDeleted, ...batch, underWay }
      const counts = await new BookImportRows().handle(chunk, trx)
      await record.advance({ from, rows, bytes, counts }, trx)
      if (record.dryRunId) await new ApplyOverrides().handle(record, trx)
      if (!dryRun) await new SplitImportedRows().handle({ userId, importId }, batch.splits, trx)
    })
  }

  /** An outage in the middle of a file costs no attempt, as long as each run gets further. */
  async #goesOnLater(record: Import, comesBack: boolean, error: unknown) {
    if (dependencyProblem(error)?.status !== 503) return false

    return tenant.transaction(record.userId, async (trx) => {
      const now = await Import.findOrFail(record.id, { client: trx })
      if (now.isOver || now.processedRows <= record.processedRows) return false
      if (!comesBack) await this.#enqueue(record, trx)
      return true
    })
  }

  async #enqueue({ userId, id }: Import, trx: TransactionClientContract) {
    const { default: ImportTransactions } = await import('#transactions/jobs/import_transactions')
    const delay = { delaySeconds: WAIT_SECONDS }
    await outbox.enqueue(ImportTransactions, { userId, importId: id }, trx, delay)
  }
}
