import { describeApi } from '#core/openapi/document'
import router from '@adonisjs/core/services/router'

let published: Promise<string> | undefined

/**
 * The document of this application's routes as JSON text. Routes and contracts
 * don't change while the process runs, so it is made once, at the first request.
 */
export function publishedDocument(): Promise<string> {
  published ??= describeRoutes()
  return published
}

/** The document as it is kept in `docs/openapi.json`: indented, one line end. */
export async function describeRoutes(): Promise<string> {
  router.commit()
  const document = await describeApi(Object.values(router.toJSON()).flat())
  return `${JSON.stringify(document, null, 2)}\n`
}
