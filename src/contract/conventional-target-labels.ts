/**
 * Labels that common set-ups put on targets: prometheus-operator's relabelling of Kubernetes targets and that of
 * Prometheus's own example (documentation/examples/prometheus-kubernetes.yml, before and after it renamed them), and
 * the external labels of fleets. What comes through a gateway or from another Prometheus brings those of its own along
 * as `exported_…`.
 */
export const conventionalTargetLabels: ReadonlySet<string> = new Set([
  'namespace', 'pod', 'container', 'service', 'endpoint', 'node', 'cluster', 'prometheus', 'prometheus_replica',
  'kubernetes_namespace', 'kubernetes_pod_name', 'kubernetes_name', 'kubernetes_node',
  'env', 'environment', 'region', 'zone', 'az', 'datacenter', 'dc', 'stage', 'tenant', 'team', 'host', 'hostname', 'app',
  'exported_job', 'exported_instance', 'exported_namespace', 'exported_pod', 'exported_container', 'exported_service',
])
