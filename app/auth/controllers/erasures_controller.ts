import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { operation } from '#core/openapi/operation'
import RequestErasure from '#auth/actions/request_erasure'
import { eraseUserValidator } from '#auth/validators/erasure_validator'

@inject()
export default class ErasuresController {
  constructor(protected requestErasure: RequestErasure) {}

  @operation({
    summary: 'Erase your account',
    description:
      'Takes effect at once: every session ends and nobody can sign in. Everything of yours is erased a little later, files and imports too; the audit log keeps entries under an id that no longer leads to anybody. It cannot be undone. Wrong passwords count like those of a sign-in.',
    request: { body: eraseUserValidator },
    responses: { 202: { schema: null, description: 'The account is closed, its data is going' } },
    errors: ['Conflict', 'AccountLocked'],
  })
  async store({ auth, request, response }: HttpContext) {
    const { password } = await request.validateUsing(eraseUserValidator, { data: request.body() })
    await this.requestErasure.handle({ actor: auth.getUserOrFail(), password })
    return response.status(202).send(null)
  }
}
