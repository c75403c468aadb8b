/** What reading resources costs beside what `yaml` alone needs for them: 300 ConfigMaps with dashboards and PrometheusRules, in one process. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseAllDocuments } from 'yaml'
import { defaultConfig } from '../dist/src/config/config.js'
import { loadWorkspace } from '../dist/src/workspace/load.js'

const count = 300
const stack = join(import.meta.dirname, '../fixtures/ml-services')
const filesBelow = (ending) => readdirSync(stack, { recursive: true }).filter((file) => ending.test(file)).map((file) => readFileSync(join(stack, file), 'utf8'))
const dashboards = filesBelow(/dashboards\/[^/]*\.json$/)
const rules = filesBelow(/alerts?[^/]*\.ya?ml$/).filter((text) => /^groups:/m.test(text))
const indented = (text, by) => text.replace(/^(?=.)/gm, ' '.repeat(by))

const folder = mkdtempSync(join(tmpdir(), 'ml-dash-lint-bench-'))
const texts = Array.from({ length: count }, (_, i) => {
  const head = (apiVersion, kind) => `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: x${i}\n`
  const text = i % 2 === 0
    ? `${head('v1', 'ConfigMap')}data:\n  board.json: |\n${indented(dashboards[i % dashboards.length], 4)}`
    : `${head('monitoring.coreos.com/v1', 'PrometheusRule')}spec:\n${indented(rules[i % rules.length], 2)}`
  writeFileSync(join(folder, `${i}.yaml`), text)
  return text
})

const timed = async (work) => {
  const start = performance.now()
  await work()
  return performance.now() - start
}
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]
const parse = () => { for (const text of texts) for (const document of parseAllDocuments(text, { merge: true, prettyErrors: false })) document.toJS() }
const load = async () => {
  const { timings } = await loadWorkspace({ ...defaultConfig, factories: [], cwd: folder, paths: ['.'], ignoreBase: folder })
  return timings.documents + timings.models
}

try {
  const rounds = []
  for (let round = 0; round < 9; round++) rounds.push({ alone: await timed(parse), read: await load() })
  const alone = median(rounds.map((round) => round.alone))
  const read = median(rounds.map((round) => round.read))
  console.log(`${count} resources of ${(texts.join('').length / 1e6).toFixed(1)} MB: yaml alone ${alone.toFixed(0)} ms, reading them ${read.toFixed(0)} ms, ratio ${(read / alone).toFixed(2)} (median of ${rounds.length}; at most 2)`)
} finally {
  rmSync(folder, { recursive: true })
}
