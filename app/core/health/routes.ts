import router from '@adonisjs/core/services/router'

const HealthController = () => import('#core/health/controllers/health_controller')
const ProbesController = () => import('#core/health/controllers/probes_controller')

router.get('/health', [HealthController, 'show']).as('health.show')
router.get('/health/live', [ProbesController, 'live']).as('health.live')
router.get('/health/ready', [ProbesController, 'ready']).as('health.ready')
