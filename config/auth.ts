import { defineConfig } from '@adonisjs/auth'
export default defineConfig({ default: 'jwt', guards: { jwt: () => { throw new Error('later') } } } as any)
