/**
 * The workspace in which a file is fuzzed, and what must hold of it: whatever stands in that file, the findings of the
 * others stay as they are without it. Names of the others begin with `wtns_`, which no seed has, so that no input can
 * produce or use them by chance.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { main } from '../../dist/src/cli/main.js'
import { load } from '../../dist/src/api/load.js'
import { activeRules } from '../../dist/src/config/active-rules.js'
import { coverageOf } from '../../dist/src/lint/coverage.js'
import { notesOf } from '../../dist/src/lint/notes.js'
import { runRules } from '../../dist/src/lint/run.js'
import { formatterNames, loadFormatter } from '../../dist/src/report/index.js'
import { rules } from '../../dist/rules/index.js'

const witness = (exprs) => JSON.stringify({ uid: 'wtns', title: 'Witness', tags: ['wtns'], schemaVersion: 41, panels: exprs.map((expr, id) => ({ id, type: 'stat', title: `W${id}`, datasource: { type: 'prometheus', uid: 'wtns' }, targets: [{ refId: 'A', expr }] })) }, null, 1)
const neighbours = {
  'src/metrics.ts': `import { Counter, Gauge } from 'prom-client'\nnew Counter({ name: 'wtns_done_total', help: 'd', labelNames: ['status'] }).inc({ status: 'ok' })\nnew Gauge({ name: 'wtns_open', help: 'o' })\nnew Counter({ name: 'wtns_badly', help: 'b' }).inc()\n`,
  'dashboards/witness.json': witness(['wtns_done_total{statuss="ok"}', 'wtns_gone_total', 'wtns_done_total{status="lost"}', 'sum(wtns_done_total', 'rate(wtns_open[5m])', 'wtns_done_total{status="$nothing"}', 'sum by (nowhere) (sum by (status) (wtns_done_total))', 'wtns_done_total / wtns_done_total']),
  'dashboards/torn.json': '{ "panels": [], "schemaVersion": 41, "title": "Torn',
  'rules/witness.yml': 'groups:\n  - name: wtns\n    rules:\n      - alert: WtnsGone\n        expr: wtns_gone_total > 0\n        annotations: { a: "{{ $value | humanise }}" }\n      - record: wtns:sum\n        expr: sum(wtns_done_total) by\n',
}

/** Rules that judge a file by what stands in it alone: nothing beside it can excuse a difference. */
const ofOneFile = new Set(['parse-error', 'promql-syntax', 'unknown-variable', 'alert-template', 'dashboard-schema', 'rule-file-schema', 'provisioning-schema', 'required-tags', 'missing-uid', 'multi-value-matcher', 'metric-name-convention'])

let folder
let alone
let turn = 0

/** A check of the workspace with the input as the file at `path`. */
export function beside(path) {
  const isConfiguration = path === 'ml-dash-lint.config.json'
  return async (text) => {
    folder ??= scratch()
    alone ??= await linted()
    const files = { ...neighbours, [path]: text }
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
    try {
      const { findings, facts, report } = await linted()
      for (const diagnostic of JSON.parse(report).diagnostics) mustHavePlaces(diagnostic, files, isConfiguration)
      if (!isConfiguration) mustBeUntouched(findings.filter(({ file }) => file !== path), facts === alone.facts)
      if (isConfiguration || text.length % 20 === 0) await runCommand()
    } finally {
      rmSync(join(folder, path))
    }
  }
}

/** What the rules find, told as JSON and in one of the formats in turn, and what the workspace knows of what produces series. */
async function linted() {
  const loaded = await load({ paths: ['.'], cacheLocation: '.cache' }, { cwd: folder, env: {} })
  const isRead = loaded.kind === 'workspace'
  const diagnostics = isRead ? runRules(loaded.workspace, activeRules(rules, loaded.config)) : loaded.diagnostics
  const count = (severity) => diagnostics.filter((one) => one.severity === severity).length
  const summary = { files: 1, dashboards: 1, ruleFiles: 1, queries: 1, families: 1, errors: count('error'), warnings: count('warning'), causes: diagnostics.length, byRule: {} }
  const told = { diagnostics, summary, ...(isRead && { coverage: () => coverageOf(loaded.workspace), notes: notesOf(loaded.workspace), unread: loaded.workspace.unread }) }
  const reports = new Map()
  for (const format of ['json', formatterNames[turn++ % formatterNames.length]]) reports.set(format, (await loadFormatter(format))(told, { color: false, width: 100, listsUnverified: true, ruleDocs: () => undefined }))
  const findings = diagnostics.map(({ rule, severity, message, place: { source, span } }) => ({ file: source.path, rule, line: `${source.path}:${span.start} ${severity} ${rule} ${message}` }))
  return { findings, facts: isRead ? factsOf(loaded.workspace) : '', report: reports.get('json') }
}

/** All that the verdict on a name or label of one file may take from others: equal facts allow no difference. */
function factsOf({ registry, targetLabels, exposure, activeCatalogs, incompleteness, datasources, recordings = [] }) {
  const { names, values, always, ...labels } = targetLabels
  return JSON.stringify([
    registry.patterns.map(({ name }) => name), labels, [...names].sort(), [...(values ?? [])], [...(always ?? [])], exposure, [...activeCatalogs].sort(),
    incompleteness, datasources.map(({ uid, name }) => [uid, name]), recordings.length, registry.families.map(({ name }) => name),
  ], (_, value) => (value instanceof Set || value instanceof Map ? [...value] : value))
}

function mustBeUntouched(findings, areFactsEqual) {
  const told = ({ rule }) => areFactsEqual || ofOneFile.has(rule)
  const lines = findings.filter(told).map(({ line }) => line)
  const before = alone.findings.filter(told).map(({ line }) => line)
  const lost = before.filter((line) => !lines.includes(line))
  const added = lines.filter((line) => !before.includes(line))
  must(lost.length + added.length === 0, `the findings of the other files are what they are without it; lost: ${lost.join('; ')}; added: ${added.join('; ')}`)
}

/** A configuration may name registry files that are not there, which are told by the names that it gives. */
function mustHavePlaces({ file, range, message, related }, files, namesOthers) {
  must(files[file] !== undefined || file === '.' || namesOthers, `${file} is one of the files`)
  for (const place of [{ file, range }, ...related]) if (files[place.file] !== undefined) mustLieIn(place.range, files[place.file], message)
}

function mustLieIn({ start, end }, text, message) {
  const lines = text.split(/\r\n|\r|\n/)
  for (const { line, column } of [start, end]) {
    must(lines[line - 1] !== undefined, `line ${line} of "${message}" is one of ${lines.length}`)
    must(column >= 1 && column <= [...lines[line - 1]].length + 2, `column ${column} of "${message}" is in its line`)
  }
}

/** The whole command: an exit code with a reason, and no bug of ours. */
async function runCommand() {
  let out = ''
  let err = ''
  const terminal = { cwd: () => folder, env: {}, stdout: { write: (text) => { out += text } }, stderr: { write: (text) => { err += text } } }
  const code = await main(['node', 'ml-dash-lint', '--cache-location', '.cache', '.'], terminal)
  must(!err.includes('a bug of ours'), err)
  must(code !== 2 || out !== '' || err !== '', 'a run that fails says why')
}

function scratch() {
  const made = mkdtempSync(join(tmpdir(), 'ml-dash-lint-fuzz-'))
  process.on('exit', () => rmSync(made, { recursive: true, force: true }))
  for (const [name, content] of Object.entries(neighbours)) {
    mkdirSync(dirname(join(made, name)), { recursive: true })
    writeFileSync(join(made, name), content)
  }
  return made
}

function must(holds, what) {
  if (!holds) throw new Error(`does not hold: ${what}`)
}
