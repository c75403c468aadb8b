import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { looksLikeDashboard, looksLikeDashboardV2, readDashboard } from '../../src/grafana/dashboard.js'
import { looksLikeDashboardProviders, looksLikeDatasources } from '../../src/grafana/provisioning.js'
import { isBuiltInVariable, variableUses } from '../../src/grafana/variable-uses.js'
import { looksLikePrometheusConfig } from '../../src/prometheus/config.js'
import { resourceOf } from '../../src/manifests/resource.js'
import { looksLikeRuleFile, readRuleFile, ruleFileProblems } from '../../src/prometheus/rule-file.js'
import type { DocumentPath, StructuredDocument } from '../../src/text/document.js'
import { parseJson } from '../../src/text/json.js'
import { sourceText } from '../../src/text/source.js'
import { parseYaml } from '../../src/text/yaml.js'

const corpus = fileURLToPath(new URL('../../../shared/corpus', import.meta.url))
const isThere = existsSync(corpus)
if (!isThere) console.log('../shared/corpus is not here: its dashboards and rule files are not read')

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

function validator(name: string) {
  const file = new URL(`../../schemas/${name}.schema.json`, import.meta.url)
  return new Ajv2020({ allErrors: true, strict: false }).compile(JSON.parse(readFileSync(file, 'utf8')) as object)
}

function kindsOf(value: unknown): string[] {
  const kinds: Record<string, boolean> = {
    dashboard: looksLikeDashboard(value) !== undefined,
    'dashboard-v2': looksLikeDashboardV2(value),
    rules: looksLikeRuleFile(value),
    'prometheus-rule': resourceOf(value)?.kind === 'PrometheusRule',
    configuration: looksLikePrometheusConfig(value),
    datasources: looksLikeDatasources(value),
    providers: looksLikeDashboardProviders(value),
  }
  return Object.keys(kinds).filter((kind) => kinds[kind])
}

/** The words of a string that `spanInString` does not find again in the file. */
function lostWords(document: StructuredDocument, path: DocumentPath, text: string): string[] {
  return [...text.matchAll(/\w+/g)].flatMap(({ 0: word, index }) => {
    const { start, end } = document.spanInString(path, index, index + word.length)
    const found = document.source.text.slice(start, end)
    return found === word ? [] : [`${path.join('.')}: ${word} → ${found}`]
  })
}

describe.skipIf(!isThere)('the corpus', () => {
  const files = isThere ? filesIn(corpus) : []

  test('every dashboard is one, has the form of one, and every word of its queries has its place', () => {
    const isValid = validator('dashboard')
    const found: Record<string, unknown> = {}
    const dashboards = files.filter((file) => /\/dashboards\//.test(file))
    const unknown: string[] = []
    for (const file of dashboards) {
      const name = relative(corpus, file)
      const document = parseJson(sourceText(name, readFileSync(file, 'utf8')))
      expect([name, document.problems, kindsOf(document.value)]).toEqual([name, [], ['dashboard']])
      if (!isValid(document.value)) found[name] = isValid.errors
      const dashboard = readDashboard(document)
      const queries = [
        ...dashboard.panels.flatMap(({ targets }) => targets.flatMap(({ expr, legendFormat }) => [expr ?? [], legendFormat ?? []].flat())),
        ...dashboard.variables.flatMap(({ query }) => query ?? []),
      ]
      const lost = queries.flatMap(({ text, path }) => lostWords(document, path, text))
      if (lost.length > 0) found[name] = lost
      const defined = new Set([...dashboard.variables, ...dashboard.inputs].map((one) => one.name))
      for (const use of variableUses(dashboard)) {
        if (!defined.has(use.name) && !isBuiltInVariable(use.name)) unknown.push(`${name} ${use.name}`)
      }
    }
    expect(found).toEqual({})
    expect(dashboards.length).toBeGreaterThan(150)
    // Each of these is used there and defined nowhere.
    expect([...new Set(unknown)]).toEqual([
      'ceph/dashboards/multi-cluster-overview.json DS_PROMETHEUS',
      'ceph/dashboards/multi-cluster-overview.json Cluster',
      'influxdb/dashboards/influxdb-cluster-overview.json datasource',
      'kubernetes/dashboards/k8s-resources-node.json namespace',
      'nginx/dashboards/nginx-logs.json host',
    ])
  })

  test('every rule file has the form of one, is for Prometheus, and every word of its expressions has its place', () => {
    const isValid = validator('rule-file')
    const ruleFiles = files.filter((file) => file.endsWith('.yaml'))
    for (const file of ruleFiles) {
      const name = relative(corpus, file)
      const document = parseYaml(sourceText(name, readFileSync(file, 'utf8')))[0]!
      isValid(document.value)
      expect([name, document.problems, isValid.errors ?? [], ruleFileProblems(document)]).toEqual([name, [], [], []])
      const { groups, language } = readRuleFile(document)
      const rules = groups.flatMap((group) => group.rules)
      expect([name, language, kindsOf(document.value)]).toEqual([name, 'promql', rules.length > 0 ? ['rules'] : []])
      expect(rules.flatMap(({ expr, exprPath }) => lostWords(document, exprPath, expr))).toEqual([])
    }
    expect(ruleFiles.length).toBeGreaterThan(90)
  })
})
