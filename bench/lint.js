/**
 * Where the time goes when the reference stack and, where it is present, the corpus are linted; and what whole runs cost
 * beside what they cannot be done without: Node's own start, reading the files with `JSON.parse` and `yaml`, and, of rule
 * files, pint's offline lint. Rule files are those of the corpus, or of the folder that BENCH_RULES names; pint is on the
 * PATH, or PINT names it.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rules } from '../dist/rules/index.js'
import { activeRules } from '../dist/src/config/active-rules.js'
import { defaultConfig } from '../dist/src/config/config.js'
import { runRules } from '../dist/src/lint/run.js'
import { loadWorkspace } from '../dist/src/workspace/load.js'

const root = join(import.meta.dirname, '..')
const fixture = join(root, 'fixtures/ml-services')
const corpus = join(root, '../shared/corpus')

async function lint(cwd) {
  const { factories } = defaultConfig.extract
  const { workspace, timings } = await loadWorkspace({ ...defaultConfig, factories, cwd, paths: ['.'], ignoreBase: cwd })
  const start = performance.now()
  runRules(workspace, activeRules(rules, defaultConfig))
  return { ...timings, rules: performance.now() - start }
}

for (const [name, cwd] of Object.entries({ 'fixtures/ml-services': fixture, corpus })) {
  if (!existsSync(cwd)) continue
  console.log(name)
  const steps = [await lint(cwd), await lint(cwd), await lint(cwd)]
  console.table(Object.fromEntries(Object.keys(steps[0]).map((step) => [step, {
    'first run, ms': Number(steps[0][step].toFixed(1)),
    'third run, ms': Number(steps[2][step].toFixed(1)),
  }])))
}

/** The CPU time of a command with all its threads, in milliseconds: the least of several runs. */
function cpuOf(cwd, ...command) {
  const runs = Array.from({ length: 7 }, () => {
    const { stderr } = spawnSync('bash', ['-c', 'TIMEFORMAT="%U %S"; time "$@" >/dev/null 2>&1', 'bash', ...command], { cwd, encoding: 'utf8' })
    const [user, system] = stderr.trim().split(' ').map(Number)
    return 1000 * (user + system)
  })
  return Math.min(...runs)
}

const node = (cwd, ...args) => cpuOf(cwd, process.execPath, ...args)
const linting = (cwd, ...options) => node(cwd, join(root, 'bin/ml-dash-lint.js'), ...options, '.')
const ratio = (what, ours, than, theirs, bound) => console.log(`${what} ${ours.toFixed(0)} ms, ${than} ${theirs.toFixed(0)} ms: ratio ${(ours / theirs).toFixed(1)} (at most ${bound})`)

/** A program that reads all JSON and YAML below the folder it runs in, and does nothing with it. */
const reading = `
  import { readdirSync, readFileSync } from 'node:fs'
  import { parseAllDocuments } from ${JSON.stringify(import.meta.resolve('yaml'))}
  for (const path of readdirSync('.', { recursive: true })) {
    if (path.endsWith('.json')) JSON.parse(readFileSync(path, 'utf8'))
    if (/\\.ya?ml$/.test(path)) for (const document of parseAllDocuments(readFileSync(path, 'utf8'), { merge: true, prettyErrors: false })) document.toJS()
  }`

console.log('CPU time of whole commands, the least of 7 runs')
const start = node(root, '-e', '0')
ratio('the fixture', linting(fixture), "Node's start", start, 5)
ratio('the fixture without a cache', linting(fixture, '--no-cache'), "Node's start", start, 5)
if (existsSync(corpus)) {
  const read = node(corpus, '--input-type=module', '-e', reading)
  ratio('the corpus', linting(corpus, '--no-cache'), 'reading it', read, 3)
  ratio('the corpus, nothing changed', linting(corpus), 'reading it', read, 3)
}

const pint = process.env['PINT'] ?? 'pint'
const given = process.env['BENCH_RULES']
if ((given !== undefined || existsSync(corpus)) && spawnSync(pint, ['version']).error === undefined) {
  const folder = mkdtempSync(join(tmpdir(), 'ml-dash-lint-bench-'))
  try {
    const isRuleFile = (path) => /\.ya?ml$/.test(path)
    const from = given ?? corpus
    for (const path of readdirSync(from, { recursive: true }).filter(isRuleFile)) cpSync(join(from, path), join(folder, path))
    const theirs = cpuOf(folder, pint, '--offline', 'lint', '.')
    ratio('rule files', linting(folder, '--no-cache'), "pint's offline lint", theirs, 1)
    ratio('rule files, nothing changed', linting(folder), "pint's offline lint", theirs, 1)
  } finally {
    rmSync(folder, { recursive: true })
  }
} else console.log('rule files: not held against pint, which is not here')
