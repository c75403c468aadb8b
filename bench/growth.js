/**
 * Whether time grows with the size of the input and not faster: each kind of input is linted at n, 2n and 4n, and
 * four times the input may take at most about four times as long. Exits with 1 where it takes more than
 * `mostGrowth` times as long.
 *
 *     npm run bench growth [kind…]
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { main } from '../dist/src/cli/main.js'

/** Half as long again as linear: what a busy machine and the collection of garbage add. */
const mostGrowth = 6
const rounds = 3

const dashboard = (uid, panels, space) => JSON.stringify({ uid, title: `Dashboard ${uid}`, schemaVersion: 41, panels }, null, space)
const panel = (id, exprs) => ({
  id, type: 'timeseries', title: `Panel ${id}`, gridPos: { x: 0, y: id * 8, w: 24, h: 8 },
  targets: exprs.map((expr, i) => ({ refId: `T${i}`, expr })),
})
const family = (i, labels = ['status', 'kind']) => `const m${i} = new Counter({ name: 'app_${word(i)}_${word(i * 7 + 3)}_total', help: 'Done', labelNames: ${JSON.stringify(labels)} })\nm${i}.inc({})\n`
const code = (count) => `import { Counter } from 'prom-client'\n${numbers(count).map((i) => family(i)).join('')}`
const numbers = (count) => Array.from({ length: count }, (_, i) => i)

/** Names in which no two are misspellings of each other. */
function word(i) {
  const syllables = ['ka', 'bo', 'ne', 'ru', 'ti', 'lom', 'ves', 'dax', 'pir', 'zug']
  return String(i).padStart(4, '0').split('').map((digit) => syllables[Number(digit)]).join('')
}

/** What is linted at a size: files by path. */
const kinds = {
  'findings on one line': [1000, (n) => ({
    'app.js': code(20), 'dashboards/a.json': dashboard('a', numbers(n).map((i) => panel(i, [`app_${word(i)}_lost_total`]))),
  })],
  'findings in one query': [1000, (n) => ({
    'app.js': code(20), 'dashboards/a.json': dashboard('a', [panel(1, [numbers(n).map((i) => `app_${word(i)}_lost_total{status="x"}`).join(' or ')])]),
  })],
  'panels': [1000, (n) => ({
    'app.js': code(20), 'dashboards/a.json': dashboard('a', numbers(n).map((i) => panel(i, [`sum(rate(app_${word(i % 20)}_${word((i % 20) * 7 + 3)}_total[5m]))`])), 2),
  })],
  'queries of a rule file': [1000, (n) => ({
    'app.js': code(20),
    'rules/a.yml': `groups:\n  - name: a\n    rules:\n${numbers(n).map((i) => `      - alert: Alert${i}\n        expr: rate(app_${word(i % 40)}_${word((i % 40) * 7 + 3)}_total[5m]) > ${i}\n        labels: { severity: page }\n`).join('')}`,
  })],
  'recording rules': [500, (n) => ({
    'app.js': code(20),
    'rules/a.yml': `groups:\n  - name: a\n    rules:\n${numbers(n).map((i) => `      - record: job:r${i}:sum\n        expr: sum by (job) (${i === 0 ? `app_${word(0)}_${word(3)}_total` : `job:r${i - 1}:sum`})\n`).join('')}`,
  })],
  'dashboards': [100, (n) => ({
    'app.js': code(20), ...Object.fromEntries(numbers(n).map((i) => [`dashboards/d${i}.json`, dashboard(`uid-${i}`, [panel(1, [`app_${word(i)}_lost_total`])], 2)])),
  })],
  'sources in TypeScript': [100, (n) => ({
    ...Object.fromEntries(numbers(n).map((i) => [`src/m${i}.ts`, `import { Counter } from 'prom-client'\n${family(i)}`])),
    'dashboards/a.json': dashboard('a', [panel(1, [`app_${word(1)}_lost_total`])]),
  })],
  'sources in Python': [100, (n) => ({
    ...Object.fromEntries(numbers(n).map((i) => [`app/m${i}.py`, `from prometheus_client import Counter\nC = Counter("app_${word(i)}_total", "Done", ["status"])\nC.labels("ok").inc()\n`])),
    'dashboards/a.json': dashboard('a', [panel(1, [`app_${word(1)}_lost_total`])]),
  })],
  'alternatives in a matcher': [2000, (n) => ({
    'app.js': code(20), 'dashboards/a.json': dashboard('a', [panel(1, [`app_${word(1)}_${word(10)}_total{status=~"${numbers(n).map(word).join('|')}"}`])]),
  })],
  'alternatives of a name': [500, (n) => ({
    'app.js': code(n), 'dashboards/a.json': dashboard('a', [panel(1, [`{__name__=~"${numbers(n).map((i) => `app_${word(i)}_total`).join('|')}"}`])]),
  })],
  'families': [500, (n) => ({ 'app.js': code(n), 'dashboards/a.json': dashboard('a', [panel(1, [`app_${word(1)}_${word(10)}_total`])]) })],
  'families, with as many queries': [250, (n) => ({
    'app.js': code(n), 'dashboards/a.json': dashboard('a', numbers(n).map((i) => panel(i, [`app_${word(i)}_${word(i * 7 + 3)}_total{status="ok"}`]))),
  })],
  'names to suggest from': [500, (n) => ({
    'app.js': code(n), 'dashboards/a.json': dashboard('a', numbers(50).map((i) => panel(i, [`app_${word(i)}_lost_total`]))),
  })],
  'a chain of +': [2000, (n) => ({
    'app.js': code(20), 'dashboards/a.json': dashboard('a', [panel(1, [numbers(n).map((i) => `app_${word(i % 20)}_${word((i % 20) * 7 + 3)}_total`).join(' + ')])]),
  })],
  'a chain of + on (…)': [500, (n) => ({
    'app.js': code(20), 'dashboards/a.json': dashboard('a', [panel(1, [numbers(n).map((i) => `app_${word(i % 20)}_${word((i % 20) * 7 + 3)}_total`).join(' + on (status) ')])]),
  })],
  'nested calls': [2000, (n) => ({
    'app.js': code(20), 'dashboards/a.json': dashboard('a', [panel(1, [`${'abs('.repeat(n)}app_${word(1)}_${word(10)}_total${')'.repeat(n)}`])]),
    'rules/a.yml': `groups: [{ name: a, rules: [{ record: "a:b", expr: "${'sum by (status) ('.repeat(n)}app_${word(1)}_${word(10)}_total${')'.repeat(n)}" }] }]`,
  })],
  'actions that nothing closes': [2500, (n) => ({
    'app.js': code(20),
    'chart/templates/rules.yaml': `groups:\n  - name: a\n    rules:\n      - { record: "a:b", expr: "app_${word(1)}_${word(10)}_total" }\n# {{ .Values.x }} ${'{{/* {{ if {{ "'.repeat(n)}\n`,
    'chart/templates/more.yaml': `groups: {{ .Values.x }}\n${'{{- /* {{ `\n'.repeat(n)}`,
    'chart/files/a.json': `${dashboard('a', [panel(1, [`app_${word(1)}_${word(10)}_total{job="{{ .Values.job }}"}`])])}${'{{/* {{ " '.repeat(n)}`,
  })],
  'variables': [250, (n) => ({
    'app.js': code(20),
    'dashboards/a.json': JSON.stringify({
      uid: 'a', title: 'A', schemaVersion: 41,
      templating: { list: numbers(n).map((i) => ({ name: `v${i}`, type: 'custom', query: 'a,b' })) },
      panels: numbers(n).map((i) => panel(i, [`app_${word(1)}_${word(10)}_total{status="$v${i}", kind="$w${i}"}`])),
    }),
  })],
}

const named = process.argv.slice(2)
let worst = 0
console.log(`${'ms, fastest of'.padEnd(32)} ${String(rounds).padStart(8)}${'2n'.padStart(9)}${'4n'.padStart(9)}   2n/n  4n/2n   4n/n`)
for (const [name, [n, filesAt]] of Object.entries(kinds)) {
  if (named.length > 0 && !named.some((part) => name.includes(part))) continue
  await timeOf(filesAt(Math.ceil(n / 4)))
  const times = []
  for (const size of [n, 2 * n, 4 * n]) times.push(await timeOf(filesAt(size)))
  const [one, two, four] = times
  const ratio = (a, b) => (a / b).toFixed(1).padStart(6)
  worst = Math.max(worst, four / one)
  console.log(`${name.padEnd(32)} ${times.map((time) => time.toFixed(0).padStart(8)).join(' ')}  ${ratio(two, one)} ${ratio(four, two)} ${ratio(four, one)}${four / one > mostGrowth ? '  <- faster than linear' : ''}`)
}
if (worst > mostGrowth) process.exitCode = 1

/** How long the whole command takes, report included, in milliseconds. */
async function timeOf(files) {
  const cwd = mkdtempSync(join(tmpdir(), 'ml-dash-lint-growth-'))
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(cwd, path)), { recursive: true })
      writeFileSync(join(cwd, path), text)
    }
    let best = Infinity
    for (let round = 0; round < rounds; round++) {
      const errors = []
      const terminal = { cwd: () => cwd, env: {}, stdout: { write: () => true }, stderr: { write: (text) => errors.push(text) } }
      const start = performance.now()
      const code = await main(['node', 'ml-dash-lint', '.'], terminal)
      best = Math.min(best, performance.now() - start)
      if (code === 2) throw new Error(errors.join(''))
      if (best > 5000) break
    }
    return best
  } finally {
    rmSync(cwd, { recursive: true })
  }
}
