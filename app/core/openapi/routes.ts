import router from '@adonisjs/core/services/router'
import { middleware } from '#start/kernel'

const DocsController = () => import('#core/openapi/controllers/docs_controller')
const DocsAssetsController = () => import('#core/openapi/controllers/docs_assets_controller')
const OpenapiDocumentsController = () =>
  import('#core/openapi/controllers/openapi_documents_controller')

router.get('/docs', [DocsController, 'show']).as('docs.show').use(middleware.shield())
router.get('/docs/openapi.json', [OpenapiDocumentsController, 'show']).as('docs.openapi')
router.get('/docs/assets/:file', [DocsAssetsController, 'show']).as('docs.assets')
