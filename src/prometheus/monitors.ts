/** What the resources of the Prometheus operator tell of the labels that targets get. */
export interface MonitorLabels {
  readonly names: readonly string[]
  /** Whether `labelmap`, or a computed name, may add others. */
  readonly open: boolean
}

/** The labels that the operator itself puts on what a ServiceMonitor or PodMonitor finds (prometheus-operator: promcfg.go). */
export const labelsOfOperator = ['namespace', 'service', 'pod', 'container', 'endpoint']

const monitor = /^[^\S\n]*kind:\s*["']?(?:ServiceMonitor|PodMonitor|Probe|ScrapeConfig)\b/m
/** Whether a text may be a manifest with a resource that makes scrape jobs. */
export function mayBeMonitor(text: string): boolean {
  return monitor.test(text)
}

/** The keys under which relabelling stands, also in the values of a chart that makes a ServiceMonitor of them. */
const relabelling = /^[^\S\n]*(?:- )?["']?(?:relabelings|metricRelabelings|metricRelabelConfigs|relabelConfigs|relabelingConfigs)["']?\s*:/m

/**
 * The labels that ServiceMonitors, PodMonitors, Probes and ScrapeConfigs in a text put on targets: `targetLabel` of
 * their relabelling, `targetLabels` and `podTargetLabels`, and labels of static targets. Read line by line, because
 * manifests with templates in them are no YAML until they are rendered. `undefined` where the text has none.
 */
export function monitorLabelsIn(text: string): MonitorLabels | undefined {
  const isMonitor = monitor.test(text)
  if (!isMonitor && !/targetLabel/i.test(text)) return undefined
  const targets = [...text.matchAll(/^[^\S\n]*(?:- )?["']?targetLabel["']?\s*:\s*["']?([^\s"'#]+)/gm)].map(([, name]) => name!)
  const copied = [...listsUnder(text, 'targetLabels'), ...listsUnder(text, 'podTargetLabels')].map(asLabelName)
  const isOpen = (isMonitor || relabelling.test(text)) && /^[^\S\n]*(?:- )?action:\s*["']?labelmap\b/mi.test(text)
  const names = [
    ...(isMonitor ? labelsOfOperator : []), ...targets.filter((name) => /^[a-zA-Z_]\w*$/.test(name) && !name.startsWith('__')), ...copied,
    ...(isMonitor ? staticLabels(text) : []),
  ]
  const isComputed = targets.some((name) => name.includes('$') || name.includes('{{'))
  return names.length === 0 && !isOpen && !isComputed ? undefined : { names: [...new Set(names)], open: isOpen || isComputed }
}

/** The items of a list of words under a key: `[a, b]`, or a line each. */
function listsUnder(text: string, key: string): string[] {
  const lists = text.matchAll(new RegExp(`^([ \\t]*(?:- )?)${key}:[ \\t]*(?:\\[([^\\]]*)\\]|\\r?\\n((?:[ \\t]*- *["']?[\\w./-]+["']?[ \\t]*(?:\\r?\\n|$))+))`, 'gm'))
  return [...lists].flatMap(([, , inline, lines]) => (inline ?? lines ?? '').match(/[\w./][\w./-]*/g) ?? [])
}

/** `labels` under `staticConfig` and `staticConfigs`: the lines that are indented more. */
function staticLabels(text: string): string[] {
  const names: string[] = []
  let within: number | undefined
  let labels: number | undefined
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '') continue
    const indentation = line.search(/[^\s-]/)
    if (within !== undefined && indentation <= within) within = labels = undefined
    if (/^\s*staticConfigs?:\s*$/.test(line)) within = indentation
    else if (within !== undefined && labels === undefined && /^[\s-]*labels:\s*$/.test(line)) labels = indentation
    else if (labels !== undefined && indentation > labels) names.push(.../^\s*["']?([a-zA-Z_]\w*)["']?\s*:/.exec(line)?.slice(1, 2) ?? [])
    else labels = undefined
  }
  return names
}

/** The label that a label of Kubernetes becomes: `app.kubernetes.io/name` is `app_kubernetes_io_name`. */
export function asLabelName(name: string): string {
  return name.replace(/[^a-zA-Z0-9_]/g, '_')
}
