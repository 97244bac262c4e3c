import { audit } from '#core/audit/audit'
import { system } from '#core/database/system'
import { NotFound } from '#core/http/problem'
import type User from '#users/models/user'

interface Input {
  actor: User
  kind: 'badge' | 'challenge'
  code: string
}

/** Takes a badge or challenge out of force: nobody gets it any more, and whoever has it keeps it. */
export default class RetireDefinition {
  async handle({ actor, kind, code }: Input) {
    await system.transaction(async (trx) => {
      const [table, name] = kind === 'badge' ? ['badges', 'Badge'] : ['challenges', 'Challenge']
      const { rows } = await trx.rawQuery<{ rows: { id: string }[] }>(
        `UPDATE ${table} SET active = false, retired_at = now(), updated_at = now()
         WHERE code = ? AND active RETURNING id`,
        [code]
      )
      if (rows.length === 0) throw new NotFound()
      await audit.record(
        {
          actor,
          action: `${kind}.retired`,
          subject: { id: rows[0].id, constructor: { name } },
          data: { code },
          userId: actor.id,
        },
        trx
      )
    })
  }
}
