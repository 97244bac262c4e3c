/*
|--------------------------------------------------------------------------
| Ace entry point
|--------------------------------------------------------------------------
|
| `node ace <command>` works under any Node 20 or newer: Finora needs Node 24,
| so an older one hands over to the Node that `npm ci` put into the project.
|
*/
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const isWindows = process.platform === 'win32'
const bundled = fileURLToPath(
  new URL(`./node_modules/.bin/node${isWindows ? '.cmd' : ''}`, import.meta.url)
)

if (Number(process.versions.node.split('.')[0]) < 24) {
  if (!existsSync(bundled)) {
    console.error(`Finora needs Node 24 and this is ${process.version}. Run "npm ci" first.`)
    process.exit(1)
  }
  const child = spawnSync(bundled, process.argv.slice(1), { stdio: 'inherit', shell: isWindows })
  process.exit(child.status ?? 1)
}

await import('@poppinss/ts-exec')
await import('./bin/console.ts')
