/**
 * `npm run projects`: holds what is extracted from public projects now against what was, which is kept as facts in
 * `test/projects`. Exits with 1 where something was lost, or a project that was asked for is not there. Needs a build
 * and checkouts of the projects below DIR (also `ML_DASH_LINT_PROJECTS`), as `owner+name` or `name`; `--fetch` gets
 * those that are not there. `--update` writes what is told now, also of a new project that is named whole, `owner/name`.
 *
 *     npm run projects -- --checkouts DIR [--fetch] [--update] [--seconds 600] [name…]
 */
import { fork } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { clearTimeout, setTimeout } from 'node:timers'
import { parseArgs } from 'node:util'
import { checkoutOf, fetchCheckout } from './checkouts.js'
import { compareFacts } from './compare.js'
import { factsText } from './facts.js'

const { values: options, positionals: names } = parseArgs({
  allowPositionals: true,
  options: {
    checkouts: { type: 'string', default: process.env.ML_DASH_LINT_PROJECTS }, fetch: { type: 'boolean' }, update: { type: 'boolean' },
    seconds: { type: 'string', default: '600' },
  },
})
if (options.checkouts === undefined) {
  console.error('say where the checkouts are: npm run projects -- --checkouts DIR')
  process.exit(2)
}
const checkouts = resolve(options.checkouts)
const factsFolder = join(import.meta.dirname, '../../test/projects')

const known = readdirSync(factsFolder).filter((file) => file.endsWith('.json')).map((file) => JSON.parse(readFileSync(join(factsFolder, file), 'utf8')))
for (const project of chosen()) await hold(project)

/** The projects that were named, or all. */
function chosen() {
  if (names.length === 0) return known
  return names.flatMap((name) => {
    const found = known.filter(({ repository }) => repository.includes(name))
    if (found.length > 0) return found
    if (options.update && name.includes('/')) return [{ repository: name }]
    console.error(`no facts of "${name}"; there are: ${known.map(({ repository }) => repository).join(', ')}`)
    process.exit(2)
  })
}

/** Extracts from one project and tells how it differs from its facts. */
async function hold(before) {
  const { repository, commit } = before
  if (options.fetch && checkoutOf(checkouts, repository, commit).absence !== undefined) fetchCheckout(checkouts, repository, commit)
  const checkout = checkoutOf(checkouts, repository, commit)
  if (checkout.absence !== undefined) {
    console.log(`${repository}: skipped, ${checkout.absence}`)
    if (options.fetch || names.length > 0) process.exitCode = 1
    return
  }
  const result = await extract(checkout.path)
  if (result.facts === undefined) {
    console.log(`${repository}: ${result.failure}`)
    process.exitCode = 1
    return
  }
  const cost = `${result.seconds.toFixed(1)} s of CPU, ${result.megabytes.toFixed(0)} MB`
  const after = { repository, commit: checkout.commit, ...result.facts }
  if (commit === undefined) console.log(`${repository}: ${after.families.length} families; ${cost}`)
  else tell(repository, compareFacts(before, after), cost)
  if (options.update) writeFileSync(join(factsFolder, `${repository.replace('/', '+')}.json`), factsText(after))
}

function tell(repository, { same, differences }, cost) {
  const count = (kind) => differences.filter((difference) => difference.kind === kind).length
  console.log(`${repository}: ${same} families are the same; ${count('lost')} lost, ${count('gained')} gained; ${cost}`)
  for (const { kind, what, place } of differences) console.log(`  ${kind.padEnd(6)} ${place}  ${what}`)
  if (count('lost') > 0) process.exitCode = 1
}

/** What `extract.js` sends, or `{ failure }`, in words. */
function extract(folder) {
  return new Promise((done) => {
    const child = fork(join(import.meta.dirname, 'extract.js'), [folder])
    let result = { failure: 'the extraction broke' }
    const timer = setTimeout(() => {
      result = { failure: `not done after ${options.seconds} s` }
      child.kill('SIGKILL')
    }, Number(options.seconds) * 1000)
    child.once('message', (message) => (result = message))
    child.once('exit', () => {
      clearTimeout(timer)
      done(result)
    })
  })
}
