/**
 * What the whole command costs on public projects: cold, with nothing changed since the last run, and with one source
 * changed; as ratios to reading and parsing the sources in the same run, and to Node's own start. The checkouts are
 * those below the folder that `ML_DASH_LINT_PROJECTS` names. It is processor time that is told: the median of three
 * runs, or one where that takes long.
 *
 *     ML_DASH_LINT_PROJECTS=DIR node bench/projects.js [name…]
 */
import { spawnSync } from 'node:child_process'
import { appendFileSync, copyFileSync, existsSync, linkSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'

const root = join(import.meta.dirname, '..')
const mostSeconds = 600
/** What takes longer, in seconds, is run once. */
const longRun = 10

const checkouts = process.env.ML_DASH_LINT_PROJECTS
if (checkouts === undefined) {
  console.log('skipped: ML_DASH_LINT_PROJECTS names no folder of checkouts')
  process.exit()
}
const named = process.argv.slice(2)
const projects = readdirSync(checkouts).filter((name) => existsSync(join(checkouts, name, '.git'))).sort()
const node = medianOf(() => run(['-e', '0']))
console.log(`Node's own start: ${node.seconds.toFixed(3)} s of CPU, ${node.megabytes.toFixed(0)} MB`)
for (const name of projects) {
  if (named.length === 0 || named.some((part) => name.includes(part))) measure(name)
}
const absent = readdirSync(join(root, 'test/projects')).filter((file) => file.endsWith('.json')).map((file) => file.slice(0, -5)).filter((name) => !projects.includes(name))
if (named.length === 0 && absent.length > 0) console.log(`skipped, as there is no checkout: ${absent.join(', ')}`)

function measure(name) {
  const folder = mkdtempSync(join(checkouts, 'ml-dash-lint-bench-'))
  try {
    const paths = linkFiles(join(checkouts, name), folder)
    // Where results are kept.
    mkdirSync(join(folder, 'node_modules'), { recursive: true })
    const { languages, changing } = sourcesOf(name, paths)
    const parsing = medianOf(() => JSON.parse(spawnSync(process.execPath, [join(root, 'bench/projects/parse.js'), folder, ...languages], { encoding: 'utf8' }).stdout))
    const lint = (...options) => run([join(root, 'bin/ml-dash-lint.js'), '.', ...options], folder)
    console.log(`${name}: reading and parsing ${parsing.sources} sources takes ${parsing.seconds.toFixed(2)} s`)
    const cold = medianOf(() => lint('--no-cache'))
    tell('cold', cold, `${(cold.seconds / parsing.seconds).toFixed(1)} × parsing`)
    if (cold.seconds === Infinity) return
    lint()
    const warm = medianOf(() => lint())
    tell('nothing changed', warm, `${(warm.seconds / node.seconds).toFixed(1)} × Node's start`)
    const changed = medianOf((round) => {
      change(join(folder, changing), round)
      return lint()
    })
    tell('one source changed', changed, `${(changed.seconds / warm.seconds).toFixed(1)} × nothing changed`)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function tell(what, { seconds, megabytes }, ratio) {
  const cost = seconds === Infinity ? `not done after ${mostSeconds} s` : `${seconds.toFixed(2).padStart(6)} s, ${ratio}, ${megabytes.toFixed(0)} MB`
  console.log(`  ${what.padEnd(18)} ${cost}`)
}

/** Links all files of a checkout into a folder, so that nothing is written to the checkout, and tells their paths. */
function linkFiles(checkout, folder) {
  const { stdout } = spawnSync('git', ['-C', checkout, 'ls-files', '-z'], { encoding: 'utf8', maxBuffer: 1e9 })
  return stdout.split('\0').filter((path) => path !== '' && existsSync(join(checkout, path))).map((path) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    linkSync(join(checkout, path), join(folder, path))
    return path
  })
}

/** The languages in which a project declares metrics, and a source that does: as its facts tell, or any where there are none. */
function sourcesOf(name, paths) {
  const facts = join(root, 'test/projects', `${name}.json`)
  const declaring = existsSync(facts)
    ? JSON.parse(readFileSync(facts, 'utf8')).families.map(({ place }) => place.slice(0, place.lastIndexOf(':')))
    : paths.filter((path) => /\.(?:[cm]?[jt]sx?|py)$/.test(path))
  return { languages: [...new Set(declaring.map((path) => (path.endsWith('.py') ? 'py' : 'ts')))], changing: declaring[0] }
}

/** Adds a comment to a file of which the checkout keeps its own. */
function change(file, round) {
  copyFileSync(file, `${file}.new`)
  renameSync(`${file}.new`, file)
  appendFileSync(file, `\n${file.endsWith('.py') ? '#' : '//'} ${round}\n`)
}

/** The processor time and memory of a run of Node; without an end if it takes too long. */
function run(args, cwd = root) {
  const { output, status, error, stderr } = spawnSync(process.execPath, ['--require', join(import.meta.dirname, 'projects/usage.cjs'), ...args], {
    cwd, encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe', 'pipe'], timeout: mostSeconds * 1000, killSignal: 'SIGKILL',
  })
  if (error?.code === 'ETIMEDOUT') return { seconds: Infinity, megabytes: NaN }
  if (status === null || status === 2) throw new Error(stderr)
  return JSON.parse(output[3])
}

/** Of three runs the one in the middle; the first alone where that takes long. */
function medianOf(measured) {
  const first = measured(0)
  if (first.seconds > longRun) return first
  return [first, measured(1), measured(2)].sort((a, b) => a.seconds - b.seconds)[1]
}
