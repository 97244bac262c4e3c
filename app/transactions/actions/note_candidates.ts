import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { readerOf } from '#core/database/connection_of'
import { payeeSimilarity, SIMILAR } from '#transactions/domain/payee_similarity'
import type { Days } from '#transactions/domain/staged_lines'
import { type ComparedPayees, NearMatches } from '#transactions/queries/near_matches'

interface Chunk {
  userId: string
  importId: string
  days: Days
}

/** What one row resembles, as it is kept with the row until the file has been read. */
export interface Candidate {
  id: string
  daysApart: number
  similarity: number
}

/**
 * Keeps with each new row of a chunk which transactions entered by hand it may
 * be. Which one it matches is decided when all rows are known, so that the rows
 * before a chunk don't take what suits a later one better.
 */
export class NoteCandidates {
  async handle(chunk: Chunk, trx: TransactionClientContract) {
    const reader = readerOf(trx)
    const found = await new NearMatches().handle(reader, chunk)
    const similar = found
      .map((match) => ({ ...match, similarity: similarityOf(match) }))
      .filter(({ similarity }) => similarity >= SIMILAR)
    if (similar.length === 0) return

    const rows = [...Map.groupBy(similar, ({ number }) => number)].map(([number, matches]) => ({
      number,
      candidates: matches.map(({ matchId: id, daysApart, similarity }): Candidate => ({
        id,
        daysApart,
        similarity,
      })),
    }))
    await reader.query(
      `UPDATE import_rows r SET candidates = c.candidates
       FROM jsonb_to_recordset($3::jsonb) AS c(number integer, candidates jsonb)
       WHERE r.user_id = $1 AND r.import_id = $2 AND r.number = c.number`,
      [chunk.userId, chunk.importId, JSON.stringify(rows)]
    )
  }
}

/** What the bank calls the payee counts as well, and banks name it in the description, or only there. */
export function similarityOf(compared: ComparedPayees) {
  const { payee, bankPayee, description, matchPayee, isLeg } = compared
  const names = [payee, bankPayee ?? '', description ?? '']
  const similarity = Math.max(...names.map((name) => payeeSimilarity(name, matchPayee)))
  return isLeg ? Math.max(similarity, SIMILAR) : similarity
}
