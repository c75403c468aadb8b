/**
 * Writes the catalogs of the programs of Kubernetes from pages of its documentation, the oldest first:
 *
 *   node tools/catalogs/kubernetes.js metrics-1.26.md … metrics-1.30.md
 *
 * (kubernetes/website: content/en/docs/reference/instrumentation/metrics.md, which is generated from the sources for each
 * release.) Names, types and labels are read, and no sentences. The page does not say which program exposes a metric; its
 * name does.
 */
import { readFileSync } from 'node:fs'
import { buildCatalog } from './merge.js'

/** How the names of each program's own metrics begin; what none of these has is of a library that all of them share. */
const programs = {
  kubelet: /^(?:kubelet|storage_operation|volume_manager|volume_operation|csi_operations|plugin_manager|prober|reconstruct_volume|force_cleaned|get_token|node_(?:cpu|memory|swap)|pod_(?:cpu|memory|swap)|container|scrape_error|resource_scrape)_?/,
  'kubernetes-apiserver': /^(?:apiserver|aggregator|apiextensions|authenticated_user|authentication|authorization|etcd|field_validation|kube_apiserver|node_authorizer|pod_security|serviceaccount|watch_cache)_/,
  'kubernetes-controller-manager': /^(?:\w+_controller|node_collector|pod_gc_collector|pv_collector|retroactive_storageclass|root_ca_cert_publisher|storage_count|cloudprovider|number_of|node_ipam)_/,
  'kubernetes-proxy': /^kubeproxy_/,
  'kubernetes-scheduler': /^(?:scheduler|kube_pod_resource)_/,
}

const pages = process.argv.slice(2).map((file) => readFileSync(file, 'utf8'))
if (pages.length === 0) throw new Error('usage: kubernetes.js PAGE…')
const described = pages.flatMap(metricsIn)
const programOf = (name) => Object.keys(programs).find((program) => programs[program].test(name)) ?? 'kubernetes-default'
for (const program of ['kubernetes-default', ...Object.keys(programs)]) {
  buildCatalog(program, {
    version: '1.26 to 1.30, 5 releases',
    source: 'The metrics reference of each release of Kubernetes; other releases may have others under the same prefixes',
    descriptors: described.filter(({ name }) => programOf(name) === program),
  })
}

/** Metrics that are not stable may have other labels in other releases. */
function metricsIn(page) {
  return page.split('class="metric_name">').slice(1).flatMap((text) => {
    const name = text.slice(0, text.indexOf('<')).trim()
    const type = /data-type="(\w+)"/.exec(text)?.[1]
    if (type === undefined) return []
    const labels = [...text.matchAll(/class="metric_label">(\w+)</g)].map(([, label]) => label)
    const isStable = /data-stability="stable"/.test(text)
    return [{ name, type: typeOf(type), labels, labelsOpen: !isStable }]
  })
}

/** A custom collector may expose any type. */
function typeOf(type) {
  if (type === 'timingratiohistogram') return 'histogram'
  return type === 'custom' ? 'unknown' : type
}
