import type { LucidModel, ModelQueryBuilderContract } from '@adonisjs/lucid/types/model'
import type { Reader } from '#core/database/tenant'
import { NotFound } from '#core/http/problem'

/** The records that a Lucid query finds, asked through a reader. */
export async function records<Model extends LucidModel>(
  reader: Reader,
  query: ModelQueryBuilderContract<Model>
): Promise<InstanceType<Model>[]> {
  const { sql, bindings } = query.toSQL().toNative()
  const rows = await reader.query(sql, [...bindings])
  return query.model.$createMultipleFromAdapterResult(rows)
}

/** The one with this id. Throws `NotFound`. */
export async function recordOf<Model extends LucidModel>(
  reader: Reader,
  model: Model,
  id: string
): Promise<InstanceType<Model>> {
  const [record] = await records(reader, model.query().where('id', id).limit(1))
  if (!record) throw new NotFound()
  return record
}
