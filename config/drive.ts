import env from '#start/env'
import app from '@adonisjs/core/services/app'
import { defineConfig, services } from '@adonisjs/drive'

/** How the S3 server is reached; the options suit servers that are not Amazon's too. */
export const s3 = {
  credentials: {
    accessKeyId: env.get('AWS_ACCESS_KEY_ID', ''),
    secretAccessKey: env.get('AWS_SECRET_ACCESS_KEY', ''),
  },
  region: env.get('S3_REGION', 'us-east-1'),
  endpoint: env.get('S3_ENDPOINT'),
  bucket: env.get('S3_BUCKET', ''),
  forcePathStyle: true,
  requestChecksumCalculation: 'WHEN_REQUIRED',
  responseChecksumValidation: 'WHEN_REQUIRED',

  /** A server that does not answer is given up (milliseconds); the SDK alone would only warn. */
  requestHandler: {
    connectionTimeout: 2_000,
    requestTimeout: 10_000,
    socketTimeout: 10_000,
    throwOnRequestTimeout: true,
  },
  maxAttempts: 2,
} as const

/** For how long the address that a download redirects to works. */
export const signedUrlLifetime = '5 minutes'

/** Where uploaded files live: a folder (`DRIVE_ROOT`, `tmp/storage` unless set) or any S3. */
export const disk = env.get('DRIVE_DISK')

const driveConfig = defineConfig({
  default: disk,
  services: {
    fs: services.fs({
      location: env.get('DRIVE_ROOT') ?? app.makePath('tmp/storage'),
      serveFiles: false,
      visibility: 'private',
    }),
    s3: services.s3({ ...s3, visibility: 'private', supportsACL: false }),
  },
})

export default driveConfig

declare module '@adonisjs/drive/types' {
  export interface DriveDisks extends InferDriveDisks<typeof driveConfig> {}
}
