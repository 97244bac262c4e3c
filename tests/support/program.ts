import { resolve } from 'node:path'
import app from '@adonisjs/core/services/app'

const { FINORA_BUILD } = process.env

/** Finora as its processes run it: a build of it where there is one (`npm test`), else the sources. */
export const program = FINORA_BUILD
  ? { cwd: resolve(app.makePath(), FINORA_BUILD), server: ['bin/server.js'] }
  : { cwd: app.makePath(), server: ['--import=@poppinss/ts-exec', 'bin/server.ts'] }
