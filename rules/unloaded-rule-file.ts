import { defineRule } from '../src/lint/rule.js'
import { fileName, folderOf } from '../src/text/path.js'
import { isExample, startedByDefault, type PrometheusServer } from '../src/workspace/deployment.js'

export default defineRule({
  name: 'unloaded-rule-file',
  subject: 'workspace',
  severity: 'warning',
  summary: 'Each rule file is loaded by a Prometheus that Compose starts',
  check({ deployment, prometheusConfigs, ruleGroups }, { report }) {
    const servers = deployment.prometheus
    if (servers === undefined) return
    const started = new Set(servers.map(({ config }) => config))
    const others = prometheusConfigs.filter((config) => !started.has(config))
    // Of another configuration it is not known where it would find its rules.
    if (others.some(({ ruleFiles }) => ruleFiles.length > 0)) return
    for (const { document, language, groups } of new Set(ruleGroups.map(({ file }) => file))) {
      const { path } = document.source
      if (document.holder !== undefined || language !== 'promql' || isExample(path) || !servers.some((server) => isBeside(server, path))) continue
      // The ruler of Thanos loads it.
      if (groups.some(({ partialResponseStrategy }) => partialResponseStrategy !== undefined)) continue
      if (servers.some((server) => server.pathsOf(path).some(server.loadsRules)) || servers.some((server) => mayBeCopied(server))) continue
      if (deployment.isMentioned(fileName(path))) continue
      report({ at: { source: document.source, span: document.keySpanOf(['groups']) }, message: `No Prometheus loads this file: ${reasonFor(path, servers)}` })
    }
  },
})

/** Whether a file lies below the folder of the Compose file: others are parts of other projects. */
function isBeside({ service }: PrometheusServer, path: string): boolean {
  return path.startsWith(folderOf(service.file))
}

/** Whether rules may lie in a volume. */
function mayBeCopied({ config, configPath, isHidden }: PrometheusServer): boolean {
  const folder = folderOf(configPath).replace(/\/$/, '')
  return config.ruleFiles.some((pattern) => isHidden(pattern.startsWith('/') ? pattern.replace(/\/[^/]*$/, '') : folder))
}

function reasonFor(path: string, servers: readonly PrometheusServer[]): string {
  const reasons = startedByDefault(servers).map(({ service, config, pathsOf }) => {
    const [at] = pathsOf(path)
    return at === undefined
      ? `nothing mounts it into "${service.name}" (${service.writtenIn})`
      : `in "${service.name}" (${service.writtenIn}) it is ${at}, which no pattern of rule_files in ${config.document.source.path} matches`
  })
  return [...new Set(reasons)].join(', and ')
}
