import type { HttpContext } from '@adonisjs/core/http'

/** The way into the console. */
export default class HomesController {
  async show({ caller, response, view }: HttpContext) {
    response.header('cache-control', 'no-store')
    const { name, role } = await caller.user()
    return view.render('pages/admin/home', { name, role })
  }
}
