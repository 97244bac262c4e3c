import env from '#start/env'
import app from '@adonisjs/core/services/app'
import { defineConfig } from '@adonisjs/core/logger'
import { logOutput } from '#core/logs/output'
import { runningJob } from '#core/queue/running_job'
import { serializedError } from '#core/logs/error_serializer'

/**
 * One JSON object a line on standard output. Whatever could be a secret is
 * removed by key before it is written, and of errors only what quotes nobody.
 */
export default defineConfig({
  default: 'app',
  loggers: {
    app: {
      enabled: true,
      name: 'finora',
      level: env.get('LOG_LEVEL'),
      redact: {
        paths: [
          'password',
          '*.password',
          '*.accessToken',
          '*.refreshToken',
          '*.token',
          '*.otp',
          '*.secret',
          'headers.authorization',
          'headers.cookie',
          '*.headers.authorization',
          '*.headers.cookie',
        ],
        censor: '[redacted]',
      },
      /** A copy: pino puts what the line says into it. */
      mixin: () => ({ ...runningJob.getStore() }),
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      serializers: { err: (error: unknown) => serializedError(error) },
      formatters: { level: (label: string) => ({ level: label }) },
      ...(app.inDev && process.stdout.isTTY
        ? {
            transport: {
              targets: [{ target: 'pino-pretty', level: env.get('LOG_LEVEL'), options: {} }],
            },
          }
        : { destination: logOutput() }),
    },
  },
})
