/** `npm run bench [name…]`: every benchmark of this folder, or those named, each in a process of its own. Needs a build. */
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

const named = process.argv.slice(2)
const all = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.js') && file !== 'run.js').map((file) => file.slice(0, -3)).sort()
for (const name of named.length > 0 ? named : all) {
  console.log(`\n## ${name}\n`)
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, `${name}.js`)], { stdio: 'inherit' })
  if (status !== 0) process.exitCode = 1
}
