/**
 * Lists the metrics of exporters that keep them in tables of their own, which go-descriptors cannot read, as
 * descriptors (merge.js) on standard output:
 *
 *   node tools/catalogs/table-descriptors.js redis_exporter|cadvisor|kube-state-metrics SOURCE_DIRECTORY
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const readers = { redis_exporter: redisExporter, cadvisor, 'kube-state-metrics': kubeStateMetrics }

const [exporter, directory] = process.argv.slice(2)
console.log(JSON.stringify(readers[exporter](directory)))

/** The sources below a folder; it moved from version to version. */
function goSources(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.go') && !entry.name.endsWith('_test.go'))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
}

function groupsOf(text, pattern) {
  return [...text.matchAll(pattern)].map((match) => match.groups)
}

/** The string literals of a Go slice. */
function literals(text) {
  return [...text.matchAll(/"([^"]*)"/g)].map(([, literal]) => literal)
}

/** Maps from fields of INFO to names, descriptions with their labels, and what is registered on the way. */
function redisExporter(root) {
  const text = goSources(join(root, 'exporter')).join('\n')
  const table = (field, type) =>
    groupsOf(text, new RegExp(`${field}: map\\[string\\]string\\{(?<body>[^}]*)\\}`, 'g'))
      .flatMap(({ body }) => groupsOf(body, /"[^"]*":\s*"(?<name>\w+)"/g))
      .map(({ name }) => ({ name, type, labels: [] }))
  const described = [
    ...groupsOf(text, /"(?<name>\w+)":\s*\{txt: [`"](?<help>[^`"]*)[`"](?:, lbls: \[\]string\{(?<labels>[^}]*)\})?\}/g),
    ...groupsOf(text, /createMetricDescription\("(?<name>\w+)", \[\]string\{(?<labels>[^}]*)\}/g),
  ].map(({ name, help, labels = '' }) => ({ name, type: 'unknown', help, labels: literals(labels) }))
  const assigned = groupsOf(text, /metricMapGauges\["[^"]*"\] = "(?<name>\w+)"/g).map(({ name }) => ({ name, type: 'gauge', labels: [] }))
  const registered = groupsOf(text, /registerConstMetric(?<gauge>Gauge)?\(\w+, "(?<name>\w+)"(?<rest>.*)/g)
    .map(({ name, gauge, rest }) => ({ name, type: gauge ? 'gauge' : /CounterValue/.test(rest) ? 'counter' : 'unknown' }))
  const all = [...table('metricMapGauges', 'gauge'), ...table('metricMapCounters', 'counter'), ...assigned, ...described, ...registered]
  return all.map((each) => ({ ...each, name: `redis_${each.name}` }))
}

/** `containerMetric` literals; each has the container's own labels besides. */
function cadvisor(root) {
  const pattern = /name:\s*"(?<name>\w+)",\s*help:\s*"(?<help>[^"]*)",\s*valueType:\s*prometheus\.(?<type>\w+)Value,\s*(?:extraLabels:\s*\[\]string\{(?<labels>[^}]*)\})?/g
  return groupsOf(goSources(root).join('\n'), pattern)
    .map(({ name, help, type, labels = '' }) => ({ name, type: type.toLowerCase(), help, labels: literals(labels) }))
}

/** Calls of NewFamilyGenerator…, and until 1.9 literals of that type; the labels that a file's wrapper function adds to each are in a variable of their own. */
function kubeStateMetrics(root) {
  return goSources(root).flatMap((text) => {
    const valueOf = (literalOrName) =>
      literalOrName.startsWith('"') ? literalOrName.slice(1, -1) : new RegExp(`\\b${literalOrName}\\s*=\\s*"([^"]*)"`).exec(text)?.[1]
    const defaults = groupsOf(text, /desc\w+DefaultLabels\s*=\s*\[\]string\{(?<labels>[^}]*)\}/g).flatMap(({ labels }) => literals(labels))
    return text.split(/New(?:OptIn)?FamilyGenerator(?:WithStability)?\(|Name:\s*(?="kube_)/).slice(1).flatMap((call) => {
      const head = (/^\s*(?<name>"\w+"|\w+),\s*(?<help>"[^"]*"|\w+),\s*metric\.(?<type>\w+)/.exec(call)
        ?? /^(?<name>"\w+"),\s*Type:\s*metrics?\.(?:MetricType)?(?<type>\w+),\s*Help:\s*(?<help>"[^"]*"|\w+)/.exec(call))?.groups
      if (!head) return []
      const name = valueOf(head.name)
      if (!name) throw new Error(`kube-state-metrics: ${head.name} has no value`)
      const known = groupsOf(call, /(?:LabelKeys:\s*|\w*[kK]eys :?= )\[\]string\{(?<labels>[^}]*)\}/g)
      const uses = groupsOf(call, /LabelKeys:\s*(?<value>[^\n]*)/g)
      const computed = uses.some(({ value }) => !value.startsWith('[]string{')) && known.length < uses.length
      const labels = [...defaults, ...known.flatMap((each) => literals(each.labels))]
      return [{ name, type: head.type.toLowerCase(), help: valueOf(head.help), labels, labelsOpen: computed }]
    })
  })
}
