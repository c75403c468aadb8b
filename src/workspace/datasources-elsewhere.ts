import { once } from '../text/once.js'
import type { FoundFile } from './discovery.js'
import { textOrNothing } from './read-file.js'
import { isTestData } from './test-files.js'

/** What files tell of datasources that provision them in a form that is not read: templates of charts, Terraform, programs. */
export interface DatasourcesElsewhere {
  /** The first file that gives a datasource this uid or name, or writes it into dashboards. */
  naming(id: string): string | undefined
  /** The first file that provisions datasources at all. */
  provisioning(): string | undefined
}

/** Templates and values of charts, Ansible and others; in JSON stand the dashboards themselves. */
const manifestFile = /\.(?:ya?ml|tpl|j2|jinja2?|tmpl|gotmpl|template)$/i
/** Tools that deploy, and programs that write datasources or dashboards. */
const programFile = /\.(?:tf|tfvars|hcl|mk|sh|bash|ps1|py|go|rb|[cm]?[jt]s|jsonnet|libsonnet|cue|nix)$|(?:^|\/)(?:Dockerfile[^/]*|Makefile)$/i

const assigned = /\b(?:uid|name)\b["']?\s*(?::|=>?)\s*(?:"([^"\n]+)"|'([^'\n]+)'|`([^`\n]+)`|([^\s"'`{[,#][^\n,#]*))/g
const list = /^[ \t]*(?:- )?["']?(?:additional)?datasources["']?\s*:/im
const plugin = /\btype["']?\s*[:=]\s*["']?(?:prometheus|loki|tempo|graphite|influxdb|mysql|postgres|grafana-[\w-]+-datasource|[\w-]+-datasource)\b/i
/** Terraform's resource, and the request that makes a datasource. */
const made = /"grafana_data_source"|\/api\/datasources\b|\bcreate_?data_?source\b/i

/**
 * Reads the files when first asked. What is read as provisioning (`isRead`, by path) tells nothing here.
 *
 * (grafana/helm-charts: charts/grafana/values.yaml, `datasources`; kube-prometheus-stack: `additionalDataSources`;
 * Grafana's Terraform provider: `grafana_data_source`; Grafana's HTTP API: `POST /api/datasources`.)
 */
export function datasourcesElsewhere(files: readonly FoundFile[], maxBytes: number, isRead: (path: string) => boolean): DatasourcesElsewhere {
  const found = once(() => {
    const names = new Map<string, string>()
    let provisioning: string | undefined
    for (const file of files) {
      const isManifest = manifestFile.test(file.path)
      if (!(isManifest || programFile.test(file.path)) || file.size > maxBytes || isRead(file.path) || isTestData(file.pathInScope)) continue
      const text = textOrNothing(file)
      const provides = (list.test(text) && plugin.test(text)) || (!isManifest && made.test(text))
      // A manifest that holds dashboards names what they ask for; a program that writes such a uid means it.
      if (!provides && (isManifest || !/data_?source/i.test(text))) continue
      if (provides) provisioning ??= file.path
      for (const [, double, single, backquoted, plain] of text.matchAll(assigned)) {
        const id = double ?? single ?? backquoted ?? plain!.trim()
        if (!names.has(id)) names.set(id, file.path)
      }
    }
    return { names, provisioning }
  })
  return {
    naming: (id) => found().names.get(id),
    provisioning: () => found().provisioning,
  }
}
