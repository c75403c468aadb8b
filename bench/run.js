/** `npm run bench [name…]`: every benchmark of this folder, or those named. Needs a build. Times are of one run on one machine. */
import { readdirSync } from 'node:fs'

const named = process.argv.slice(2)
const all = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.js') && file !== 'run.js').map((file) => file.slice(0, -3)).sort()
for (const name of named.length > 0 ? named : all) {
  console.log(`\n## ${name}\n`)
  await import(`./${name}.js`)
}
