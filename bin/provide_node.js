/*
| Runs at the end of `npm ci`, under whichever Node the machine has. Finora needs
| Node 24, which npm installs as a package; npm 10 then forgets its link in
| node_modules/.bin when packages for other platforms were passed over.
*/
import { existsSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const major = Number(process.versions.node.split('.')[0])
const folder = fileURLToPath(new URL('../node_modules', import.meta.url))
const name = `node-${process.platform}-${process.arch}`
const link = join(folder, '.bin/node')

if (!existsSync(link) && existsSync(join(folder, name, 'bin/node'))) {
  symlinkSync(`../${name}/bin/node`, link)
}
if (major < 24 && !existsSync(link) && !existsSync(`${link}.cmd`)) {
  console.error(
    `Finora needs Node 24. This is ${process.version}, and npm has none for ` +
      `${process.platform}-${process.arch}: install Node 24 (https://nodejs.org) and run npm ci again.`
  )
  process.exit(1)
}
