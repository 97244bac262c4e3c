/*
|--------------------------------------------------------------------------
| Routes
|--------------------------------------------------------------------------
|
| Each module declares its own in `app/<module>/routes.ts`.
|
*/
import '#core/openapi/routes'
import '#core/health/routes'
import '#core/metrics/routes'
import '#auth/routes'
import '#users/routes'
import '#wallet/routes'
import '#files/routes'
import '#notifications/routes'
import '#notifications/webhook_routes'
import '#transactions/routes'
import '#gamification/routes'
import '#admin/routes'
