/**
 * What is fuzzed: for each target how input `index` of a seed is made, and what has to hold of it. `check` throws where
 * it does not. Needs a build.
 */
import { stringify } from 'yaml'
import { codeFrame } from '../../dist/src/text/code-frame.js'
import { parseJson } from '../../dist/src/text/json.js'
import { sourceText } from '../../dist/src/text/source.js'
import { parseYaml } from '../../dist/src/text/yaml.js'
import { format, parse, print, walk } from '../../dist/src/promql/index.js'
import { readRegistry, writeRegistry } from '../../dist/src/registry/file.js'
import { registryFromExposition } from '../../dist/src/registry/from-exposition.js'
import { readUsage, writeUsage } from '../../dist/src/registry/usage.js'
import { mutatedText, mutatedTree } from './mutate.js'
import { beside } from './neighbours.js'
import { randomFrom } from './random.js'
import * as seeds from './seeds.js'

const promqlWords = [' by (', ' without (', ' on(x) ', ' ignoring() ', ' group_left(', 'sum(', 'rate(', 'topk(1,', ' offset ', ' @ end() ', '[5m]', '[1h:', '$x', '${y:regex}', '[[z]]', '$__rate_interval', '=~"', '!~', ' or ', ' and ', ' unless ', '^', 'atan2', ' bool ', 'Inf', '{__name__="', 'step()', 'min_of(', ' fill(', ' smoothed', 'label_replace(']
const yamlWords = ['- ', '? ', ': ', '&a ', '*a', '!!str ', '|\n', '>-\n', '<<: *a', 'groups:', 'rules:', 'expr: ', 'labels:', '# ', '%YAML 1.1\n', '~', 'yes', '"\\u00', '{{ .Values.x }}', '$labels', 'record: ', 'alert: ', 'for: ']
const jsonWords = ['"expr":', '"panels":', '"targets"', 'null', 'true', '"\\u', '"\\ud83d', '{"', '"}', '",', '[{', '}]', '"uid"', '"templating"']
const dashboardWords = ['expr', 'targets', 'panels', 'templating', 'list', 'datasource', 'uid', 'type', 'query', 'title', 'rows', 'annotations', 'spec', 'elements', '$x', 'prometheus', 'repeat', 'id', 'name', '__inputs']
const scriptWords = ['new Counter({', 'labelNames: [', '.inc({', '.labels(', 'function ', 'class ', 'async ', 'await ', '=> ', '...', '`${', 'import ', 'export ', 'for (const a of ', 'while (true) ', 'switch (', 'case ', 'try {', '?.', '??', 'yield ', 'static ', ' as const', ': string', '<T>', 'enum E ', 'get x() ', 'return ', 'this.', 'new ']
const pythonWords = ['Counter(', 'labelnames=', '.labels(', '.inc()', 'def ', 'class ', 'async ', 'await ', 'lambda ', 'f"{', '"""', 'for x in ', 'while ', 'with ', 'try:\n', 'except ', 'match x:\n', 'case ', 'yield ', 'return ', 'import ', 'from x import *\n', 'self.', '@', ' if ', ' else ', '**', ':=', '\\\n', 'global ', 'del ']
const expositionWords = ['# TYPE ', '# HELP ', '# UNIT ', '# EOF\n', ' counter\n', ' histogram\n', ' summary\n', 'le="', '{', '} 1\n', '_bucket', '_total', '_count', '+Inf', ' # {', 'quantile="', '\\n', 'NaN', ' 1e3 ', 'stateset']

const texts = (list, words) => (random) => mutatedText(random, random.pick(list()), list(), words)
/** Half are changed as trees and written anew, half as texts. */
const trees = (list, words, textWords, write) => (random) => {
  const tree = random.pick(list())
  const changed = random.chance(4) ? tree : mutatedTree(random, tree, words)
  const text = write(changed, random)
  return random.chance(3) ? mutatedText(random, text, [text], textWords) : text
}
const asJson = (value, random) => JSON.stringify(value, null, random.chance(2) ? 2 : undefined) ?? 'null'
const parsedAll = (list) => () => list().map((text) => JSON.parse(text))
const asYaml = (value, random) => stringify(value, { aliasDuplicateObjects: random.chance(2), lineWidth: random.chance(2) ? 40 : 0 })
const yamlOf = (list, words) => {
  const cut = () => list().flatMap((text) => parseYaml(sourceText('seed.yml', text)).map(({ value }) => value))
  const [fromTree, fromText] = [trees(cut, words, yamlWords, asYaml), texts(list, yamlWords)]
  return (random) => (random.chance(2) ? fromTree(random) : fromText(random))
}

/** Targets by name; `share` is how many of 1,000 inputs are theirs where nothing else is asked for. */
export const targets = {
  'promql': { share: 380, make: texts(seeds.queries, promqlWords), check: checkPromql },
  'json': { share: 150, make: trees(seeds.dashboards, dashboardWords, jsonWords, asJson), check: checkJson },
  'yaml': { share: 120, make: texts(() => [...seeds.ruleFiles(), ...seeds.composeFiles(), ...seeds.provisioningFiles()], yamlWords), check: checkYaml },
  'exposition': { share: 100, make: texts(seeds.expositions, expositionWords), check: checkExposition },
  'registry': { share: 50, make: trees(parsedAll(seeds.registries), ['name', 'type', 'labels', 'series', 'values', 'counter', 'declarations'], jsonWords, asJson), check: checkRegistry },
  'usage': { share: 50, make: trees(parsedAll(seeds.usages), ['series', 'uses', 'labels', 'kind', 'file', 'line'], jsonWords, asJson), check: checkUsage },
  'dashboard': { share: 30, make: trees(seeds.dashboards, dashboardWords, jsonWords, asJson), check: beside('dashboards/z.json') },
  'rule-file': { share: 20, make: yamlOf(seeds.ruleFiles, ['groups', 'rules', 'expr', 'alert', 'record', 'labels', 'for']), check: beside('rules/z.yml') },
  'provisioning': { share: 15, make: yamlOf(seeds.provisioningFiles, ['datasources', 'providers', 'uid', 'type', 'options', 'path', 'groups']), check: beside('grafana/provisioning/datasources/a.yml') },
  'prometheus-config': { share: 15, make: yamlOf(seeds.scrapeConfigs, ['scrape_configs', 'job_name', 'static_configs', 'targets', 'relabel_configs', 'rule_files', 'labels']), check: beside('prometheus.yml') },
  'compose': { share: 15, make: yamlOf(seeds.composeFiles, ['services', 'image', 'ports', 'volumes', 'environment', 'command']), check: beside('docker-compose.yml') },
  'typescript': { share: 15, make: texts(seeds.typescript, scriptWords), check: beside('src/z.ts') },
  'javascript': { share: 15, make: texts(seeds.javascript, scriptWords), check: beside('src/z.js') },
  'python': { share: 15, make: texts(seeds.python, pythonWords), check: beside('app/z.py') },
  'configuration': { share: 10, make: trees(parsedAll(seeds.configurations), ['rules', 'ignore', 'registry', 'catalogs', 'extract', 'factories', 'unknown-metric', 'error', 'off'], jsonWords, asJson), check: beside('ml-dash-lint.config.json') },
}

/** The input with this number of a target: the same for the same seed, everywhere. */
export function inputOf(name, seed, index) {
  return targets[name].make(randomFrom(`${name}:${seed}:${index}`))
}

function must(holds, what) {
  if (!holds) throw new Error(`does not hold: ${what}`)
}

function within({ start, end }, text, what) {
  must(start >= 0 && start <= end && end <= text.length, `${what} (${start} to ${end}) lies in the text of ${text.length}`)
}

/** A problem has a place in the text, that place has a position, and the lines around it can be shown. */
function checkProblems(problems, source) {
  for (const { span, message } of problems) {
    must(message.length > 0, 'a problem says something')
    within(span, source.text, `the place of "${message}"`)
    const range = source.rangeOf(span)
    must(range.start.line >= 1 && range.start.column >= 1 && range.end.line >= range.start.line, 'a place has a position')
    for (const { text } of codeFrame({ source, span }, 80)) must(!/[\u0000-\u001f]/.test(text), 'no row has a control character')
  }
}

function checkPromql(text) {
  for (const templates of ['none', 'grafana']) {
    const { expr, errors } = parse(text, { templates })
    for (const error of errors) within(error, text, error.message)
    must(expr !== undefined || errors.length > 0, 'there is a tree or an error')
    if (!expr) continue
    walk(expr, (node) => within(node, text, node.type))
    const printed = print(expr)
    const laidOut = format(expr)
    if (errors.length > 0) continue
    for (const again of [printed, laidOut]) {
      const second = parse(again, { templates })
      must(second.errors.length === 0, `what is printed parses: ${again.slice(0, 200)}: ${second.errors[0]?.message}`)
      must(print(second.expr) === printed, `it parses to the same: ${again.slice(0, 200)}`)
    }
  }
}

/** Each value has a place, and each character of each string; at most a few hundred of them are asked for. */
function checkPlaces(document) {
  const { text } = document.source
  const rest = [{ value: document.value, path: [] }]
  for (let left = 300, next = rest.pop(); next !== undefined && left > 0; left--, next = rest.pop()) {
    const { value, path } = next
    within(document.spanOf(path), text, `the value at ${path.join('.')}`)
    within(document.keySpanOf(path), text, `the key at ${path.join('.')}`)
    if (typeof value === 'string') {
      for (const [start, end] of [[0, value.length], [0, 1], [value.length >> 1, value.length], [value.length, value.length]]) {
        within(document.spanInString(path, start, end), text, `characters ${start} to ${end} at ${path.join('.')}`)
      }
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value).slice(0, 40)) rest.push({ value: inner, path: [...path, Array.isArray(value) ? Number(key) : key] })
    }
  }
  document.spanOf(['a', 0, 'b'])
}

function checkJson(text) {
  const source = sourceText('input.json', text)
  const document = parseJson(source)
  let isValid = true
  try {
    JSON.parse(text.replace(/^\ufeff/, ''))
  } catch {
    isValid = false
  }
  must(document.problems.length > 0 || isValid, 'what JSON.parse refuses has a problem')
  must(document.problems.length === 0 || !isValid || /Nested deeper/.test(document.problems[0].message), `what JSON.parse takes has none: ${document.problems[0]?.message}`)
  checkProblems(document.problems, source)
  checkPlaces(document)
  parseJson(source, { comments: true })
}

function checkYaml(text) {
  const source = sourceText('input.yml', text)
  const documents = parseYaml(source)
  must(documents.length > 0, 'there is a document')
  for (const document of documents) {
    checkProblems(document.problems, source)
    checkPlaces(document)
  }
}

function checkExposition(text) {
  const source = sourceText('metrics.prom', text)
  const { content, problems } = registryFromExposition(source)
  checkProblems(problems, source)
  rereads(content)
}

function rereads(content) {
  const written = writeRegistry(content)
  const again = readRegistry(sourceText('registry.json', written))
  must(again.problems.length === 0, `a registry that was written can be read: ${again.problems[0]?.message}`)
  must(writeRegistry(again.content) === written, 'a registry that was read is written the same')
}

function checkRegistry(text) {
  const source = sourceText('registry.json', text)
  const { content, problems } = readRegistry(source)
  checkProblems(problems, source)
  if (problems.length === 0) rereads(content)
}

function checkUsage(text) {
  const source = sourceText('usage.json', text)
  const { usage, problems } = readUsage(source)
  checkProblems(problems, source)
  if (problems.length > 0) return
  const written = writeUsage(usage)
  const again = readUsage(sourceText('usage.json', written))
  must(again.problems.length === 0, `a usage file that was written can be read: ${again.problems[0]?.message}`)
  must(writeUsage(again.usage) === written, 'a usage file that was read is written the same')
}
