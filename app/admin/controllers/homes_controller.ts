import type { HttpContext } from '@adonisjs/core/http'

/** The way into the console. */
export default class HomesController {
  async show({ auth, response, view }: HttpContext) {
    response.header('cache-control', 'no-store')
    const { name, role } = auth.user!
    return view.render('pages/admin/home', { name, role })
  }
}
