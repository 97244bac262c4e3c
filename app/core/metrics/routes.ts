import router from '@adonisjs/core/services/router'

const MetricsController = () => import('#core/metrics/controllers/metrics_controller')

router.get('/metrics', [MetricsController, 'show']).as('metrics.show')
