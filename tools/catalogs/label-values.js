/**
 * What labels of exporters can be and nothing else, in all releases and on all systems, as the source of each shows. What a
 * user may configure, what another system passes on and what newer releases may add to is not here: a value that is not
 * listed is reported.
 */

/** @type {Readonly<Record<string, readonly { metrics: readonly string[], label: string, values?: readonly string[], patterns?: readonly string[] }[]>>} */
export const knownLabels = {
  alertmanager: [
    // prometheus/alertmanager types/types.go, dispatch/metric.go
    { metrics: ['alertmanager_alerts', 'alertmanager_marked_alerts'], label: 'state', values: ['active', 'suppressed', 'unprocessed'] },
    // prometheus/alertmanager silence/silence.go
    { metrics: ['alertmanager_silences'], label: 'state', values: ['active', 'expired', 'pending'] },
    // prometheus/alertmanager api/metrics/metrics.go
    { metrics: ['alertmanager_alerts_received_total'], label: 'status', values: ['firing', 'resolved'] },
    // prometheus/alertmanager cluster/delegate.go
    {
      metrics: [
        'alertmanager_cluster_messages_received_size_total', 'alertmanager_cluster_messages_received_total',
        'alertmanager_cluster_messages_sent_size_total', 'alertmanager_cluster_messages_sent_total',
      ],
      label: 'msg_type',
      values: ['full_state', 'update'],
    },
    // prometheus/alertmanager app/metrics.go promhttp.InstrumentHandlerDuration
    { metrics: ['alertmanager_http_request_duration_seconds'], label: 'code', patterns: ['#'] },
  ],
  apache: [
    // Lusitaniae/apache_exporter collector/collector.go
    { metrics: ['apache_workers'], label: 'state', values: ['busy', 'idle'] },
    // Lusitaniae/apache_exporter collector/collector.go
    { metrics: ['apache_connections'], label: 'state', values: ['closing', 'keepalive', 'total', 'writing'] },
    // Lusitaniae/apache_exporter collector/collector.go
    { metrics: ['apache_processes'], label: 'state', values: ['all', 'stopping'] },
    // Lusitaniae/apache_exporter collector/collector.go
    { metrics: ['apache_cpu_time_ms_total'], label: 'type', values: ['system', 'user'] },
  ],
  argocd: [
    // argoproj/argo-cd pkg/apis/application/v1alpha1/types.go SyncStatusCode
    { metrics: ['argocd_app_info', 'argocd_app_sync_status'], label: 'sync_status', values: ['OutOfSync', 'Synced', 'Unknown'] },
    // argoproj/argo-cd gitops-engine/pkg/health HealthStatusCode
    {
      metrics: ['argocd_app_health_status', 'argocd_app_info'],
      label: 'health_status',
      values: ['Degraded', 'Healthy', 'Missing', 'Progressing', 'Suspended', 'Unknown'],
    },
    // argoproj/argo-cd controller/metrics/metrics.go
    { metrics: ['argocd_app_info'], label: 'operation', values: ['delete', 'sync'] },
    // argoproj/argo-cd controller/metrics/metrics.go strconv.FormatBool
    { metrics: ['argocd_app_info'], label: 'autosync_enabled', values: ['false', 'true'] },
    // argoproj/argo-cd gitops-engine OperationPhase
    { metrics: ['argocd_app_sync_total'], label: 'phase', values: ['Error', 'Failed', 'Running', 'Succeeded', 'Terminating'] },
    // argoproj/argo-cd controller/metrics/metrics.go strconv.FormatBool
    { metrics: ['argocd_app_k8s_request_total', 'argocd_app_sync_total'], label: 'dry_run', values: ['false', 'true'] },
    // argoproj/argo-cd reposerver/metrics/metrics.go
    { metrics: ['argocd_git_request_duration_seconds', 'argocd_git_request_total'], label: 'request_type', values: ['fetch', 'ls-remote'] },
    // argoproj/argo-cd server/metrics/metrics.go strconv.Itoa
    { metrics: ['argocd_proxy_extension_request_total'], label: 'status', patterns: ['#'] },
  ],
  'blackbox-exporter': [
    // prometheus/blackbox_exporter prober/http.go
    { metrics: ['probe_http_duration_seconds'], label: 'phase', values: ['connect', 'processing', 'resolve', 'tls', 'transfer'] },
    // prometheus/blackbox_exporter prober/icmp.go
    { metrics: ['probe_icmp_duration_seconds'], label: 'phase', values: ['resolve', 'rtt', 'setup'] },
    // prometheus/blackbox_exporter prober/dns.go
    { metrics: ['probe_dns_duration_seconds'], label: 'phase', values: ['connect', 'request', 'resolve'] },
    // prometheus/blackbox_exporter prober/grpc.go
    { metrics: ['probe_grpc_duration_seconds'], label: 'phase', values: ['check', 'resolve'] },
  ],
  cadvisor: [
    // google/cadvisor metrics/prometheus.go
    { metrics: ['container_memory_failures_total'], label: 'failure_type', values: ['pgfault', 'pgmajfault'] },
    // google/cadvisor metrics/prometheus.go (label name of old releases)
    { metrics: ['container_memory_failures_total'], label: 'type', values: ['pgfault', 'pgmajfault'] },
    // google/cadvisor metrics/prometheus.go
    { metrics: ['container_memory_failures_total'], label: 'scope', values: ['container', 'hierarchy'] },
    // google/cadvisor metrics/prometheus.go
    { metrics: ['container_memory_numa_pages'], label: 'type', values: ['anon', 'file', 'unevictable'] },
    // google/cadvisor metrics/prometheus.go
    { metrics: ['container_memory_numa_pages'], label: 'scope', values: ['container', 'hierarchy'] },
    // google/cadvisor metrics/prometheus.go
    { metrics: ['container_tasks_state'], label: 'state', values: ['iowaiting', 'running', 'sleeping', 'stopped', 'uninterruptible'] },
    // google/cadvisor metrics/prometheus.go
    {
      metrics: ['container_network_tcp6_usage_total', 'container_network_tcp_usage_total'],
      label: 'tcp_state',
      values: [
        'close', 'closewait', 'closing', 'established', 'finwait1', 'finwait2', 'lastack', 'listen', 'synrecv', 'synsent',
        'timewait',
      ],
    },
    // google/cadvisor metrics/prometheus.go
    {
      metrics: ['container_network_udp6_usage_total', 'container_network_udp_usage_total'],
      label: 'udp_state',
      values: ['dropped', 'listen', 'rxqueued', 'txqueued'],
    },
  ],
  'cert-manager': [
    // cert-manager/cert-manager pkg/metrics, internal/collectors
    {
      metrics: ['certmanager_certificate_ready_status', 'certmanager_clusterissuer_ready_status', 'certmanager_issuer_ready_status'],
      label: 'condition',
      values: ['False', 'True', 'Unknown'],
    },
  ],
  coredns: [
    // coredns/coredns plugin/metrics/vars/report.go
    {
      metrics: [
        'coredns_dns_request_count_total', 'coredns_dns_requests_total', 'coredns_proxy_request_count_total',
        'coredns_proxy_request_duration_milliseconds', 'coredns_proxy_request_duration_seconds',
      ],
      label: 'family',
      values: ['1', '2'],
    },
    // coredns/coredns request/request.go Proto()
    {
      metrics: [
        'coredns_dns_request_count_total', 'coredns_dns_request_size_bytes', 'coredns_dns_requests_total',
        'coredns_dns_response_size_bytes',
      ],
      label: 'proto',
      values: ['tcp', 'udp'],
    },
    // coredns/coredns plugin/pkg/proxy/connect.go Dial
    {
      metrics: [
        'coredns_forward_conn_cache_hits_total', 'coredns_forward_conn_cache_misses_total',
        'coredns_proxy_conn_cache_hits_total', 'coredns_proxy_conn_cache_misses_total',
      ],
      label: 'proto',
      values: ['tcp', 'tcp-tls', 'udp'],
    },
    // coredns/coredns plugin/cache/cache.go
    {
      metrics: [
        'coredns_cache_capacity', 'coredns_cache_entries', 'coredns_cache_evictions_total', 'coredns_cache_hits_total',
        'coredns_cache_size',
      ],
      label: 'type',
      values: ['denial', 'success'],
    },
    // coredns/coredns core/dnsserver/server_https.go, server_https3.go strconv.Itoa
    { metrics: ['coredns_dns_https3_responses_total', 'coredns_dns_https_responses_total'], label: 'status', patterns: ['#'] },
  ],
  'django-prometheus': [
    // korfuri/django-prometheus django_prometheus/middleware.py _method (django_http_requests_latency_seconds_by_view_method is not in the list: it has request.method as it came)
    {
      metrics: [
        'django_http_requests_total_by_method_created', 'django_http_requests_total_by_method_total',
        'django_http_requests_total_by_view_transport_method_created',
        'django_http_requests_total_by_view_transport_method_total', 'django_http_responses_total_by_status_view_method_created',
        'django_http_responses_total_by_status_view_method_total',
      ],
      label: 'method',
      values: ['<invalid method>', 'CONNECT', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'TRACE'],
    },
    // korfuri/django-prometheus django_prometheus/middleware.py _transport
    {
      metrics: [
        'django_http_requests_total_by_transport_created', 'django_http_requests_total_by_transport_total',
        'django_http_requests_total_by_view_transport_method_created',
        'django_http_requests_total_by_view_transport_method_total',
      ],
      label: 'transport',
      values: ['http', 'https'],
    },
    // korfuri/django-prometheus django_prometheus/middleware.py str(response.status_code)
    {
      metrics: [
        'django_http_responses_total_by_status_created', 'django_http_responses_total_by_status_total',
        'django_http_responses_total_by_status_view_method_created', 'django_http_responses_total_by_status_view_method_total',
      ],
      label: 'status',
      patterns: ['#'],
    },
  ],
  elasticsearch: [
    // prometheus-community/elasticsearch_exporter collector/cluster_health.go
    { metrics: ['elasticsearch_cluster_health_status'], label: 'color', values: ['green', 'red', 'yellow'] },
    // prometheus-community/elasticsearch_exporter collector/health_report.go statusColors
    {
      metrics: [
        'elasticsearch_health_report_data_stream_lifecycle_status', 'elasticsearch_health_report_disk_status',
        'elasticsearch_health_report_ilm_status', 'elasticsearch_health_report_master_is_stable_status',
        'elasticsearch_health_report_repository_integrity_status', 'elasticsearch_health_report_shards_availabilty_status',
        'elasticsearch_health_report_shards_capacity_status', 'elasticsearch_health_report_slm_status',
        'elasticsearch_health_report_status',
      ],
      label: 'color',
      values: ['green', 'red', 'yellow'],
    },
    // prometheus-community/elasticsearch_exporter collector/nodes.go
    { metrics: ['elasticsearch_jvm_memory_committed_bytes', 'elasticsearch_jvm_memory_used_bytes'], label: 'area', values: ['heap', 'non-heap'] },
    // prometheus-community/elasticsearch_exporter collector/ilm.go
    { metrics: ['elasticsearch_ilm_status'], label: 'operation_mode', values: ['RUNNING', 'STOPPED', 'STOPPING'] },
    // prometheus-community/elasticsearch_exporter collector/slm.go
    { metrics: ['elasticsearch_slm_stats_operation_mode'], label: 'operation_mode', values: ['RUNNING', 'STOPPED', 'STOPPING'] },
  ],
  etcd: [
    // etcd-io/etcd server/etcdserver/txn/metrics.go strconv.FormatBool
    {
      metrics: ['etcd_server_apply_duration_seconds', 'etcd_server_range_duration_seconds', 'etcd_server_request_duration_seconds'],
      label: 'success',
      values: ['false', 'true'],
    },
  ],
  grafana: [
    // grafana/grafana pkg/middleware/request_metrics.go strconv.Itoa
    { metrics: ['grafana_http_request_duration_seconds'], label: 'status_code', patterns: ['#'] },
  ],
  haproxy: [
    // haproxy/haproxy addons/promex/service-prometheus.c promex_hrsp_code; prometheus/haproxy_exporter haproxy_exporter.go
    {
      metrics: ['haproxy_backend_http_responses_total', 'haproxy_frontend_http_responses_total', 'haproxy_server_http_responses_total'],
      label: 'code',
      values: ['1xx', '2xx', '3xx', '4xx', '5xx', 'other'],
    },
    // haproxy/haproxy addons/promex/service-prometheus.c
    { metrics: ['haproxy_backend_status', 'haproxy_frontend_status'], label: 'state', values: ['DOWN', 'UP'] },
    // haproxy/haproxy addons/promex/service-prometheus.c promex_srv_st
    {
      metrics: ['haproxy_backend_agg_server_check_status', 'haproxy_backend_agg_server_status', 'haproxy_server_status'],
      label: 'state',
      values: ['DOWN', 'DRAIN', 'MAINT', 'NOLB', 'UP'],
    },
  ],
  kafka: [
    // danielqsj/kafka_exporter kafka_exporter.go strconv.FormatInt
    {
      metrics: [
        'kafka_consumergroup_current_offset', 'kafka_consumergroup_lag', 'kafka_consumergroupzookeeper_lag_zookeeper',
        'kafka_topic_partition_current_offset', 'kafka_topic_partition_in_sync_replica', 'kafka_topic_partition_leader',
        'kafka_topic_partition_leader_is_preferred', 'kafka_topic_partition_oldest_offset', 'kafka_topic_partition_replicas',
        'kafka_topic_partition_under_replicated_partition',
      ],
      label: 'partition',
      patterns: ['#'],
    },
  ],
  'kube-state-metrics': [
    // kubernetes/kube-state-metrics internal/store/certificatesigningrequest.go addCSRConditionMetrics
    { metrics: ['kube_certificatesigningrequest_condition'], label: 'condition', values: ['approved', 'denied', 'failed'] },
    // kubernetes/kube-state-metrics internal/store/pod.go
    { metrics: ['kube_pod_status_phase'], label: 'phase', values: ['Failed', 'Pending', 'Running', 'Succeeded', 'Unknown'] },
    // kubernetes/kube-state-metrics internal/store/pod.go addConditionMetrics
    { metrics: ['kube_pod_status_ready', 'kube_pod_status_scheduled'], label: 'condition', values: ['false', 'true', 'unknown'] },
    // kubernetes/kube-state-metrics internal/store/pod.go
    { metrics: ['kube_pod_status_qos_class'], label: 'qos_class', values: ['BestEffort', 'Burstable', 'Guaranteed'] },
    // kubernetes/kube-state-metrics internal/store/pod.go, k8s core/v1 RestartPolicy
    { metrics: ['kube_pod_restart_policy'], label: 'type', values: ['Always', 'Never', 'OnFailure'] },
    // kubernetes/kube-state-metrics pkg/constant/unit.go, internal/store/pod.go
    {
      metrics: [
        'kube_pod_container_resource_limits', 'kube_pod_container_resource_requests', 'kube_pod_init_container_resource_limits',
        'kube_pod_init_container_resource_requests',
      ],
      label: 'unit',
      values: ['byte', 'core', 'integer'],
    },
    // kubernetes/kube-state-metrics pkg/constant/unit.go, internal/store/node.go
    { metrics: ['kube_node_status_allocatable', 'kube_node_status_capacity'], label: 'unit', values: ['byte', 'core', 'integer'] },
    // kubernetes/kube-state-metrics internal/store/{pod,replicaset,job,replicationcontroller,secret}.go (strconv.FormatBool; "<none>" in old versions)
    {
      metrics: ['kube_job_owner', 'kube_pod_owner', 'kube_replicaset_owner', 'kube_replicationcontroller_owner', 'kube_secret_owner'],
      label: 'owner_is_controller',
      values: ['<none>', 'false', 'true'],
    },
    // kubernetes/kube-state-metrics internal/store/pod.go strconv.FormatBool
    { metrics: ['kube_pod_info'], label: 'host_network', values: ['false', 'true'] },
    // kubernetes/kube-state-metrics internal/store/pod.go
    { metrics: ['kube_pod_ips'], label: 'ip_family', values: ['4', '6'] },
    // kubernetes/kube-state-metrics internal/store/pod.go
    {
      metrics: ['kube_pod_spec_volumes_persistentvolumeclaims_info', 'kube_pod_spec_volumes_persistentvolumeclaims_readonly'],
      label: 'ephemeral',
      values: ['false', 'true'],
    },
    // kubernetes/kube-state-metrics internal/store/utils.go addConditionMetrics
    {
      metrics: [
        'kube_deployment_status_condition', 'kube_horizontalpodautoscaler_status_condition', 'kube_hpa_status_condition',
        'kube_namespace_status_condition', 'kube_node_status_condition', 'kube_persistentvolumeclaim_status_condition',
      ],
      label: 'status',
      values: ['false', 'true', 'unknown'],
    },
    // kubernetes/kube-state-metrics internal/store/job.go addConditionMetrics
    { metrics: ['kube_job_complete', 'kube_job_failed'], label: 'condition', values: ['false', 'true', 'unknown'] },
    // kubernetes/kube-state-metrics internal/store/namespace.go
    { metrics: ['kube_namespace_status_phase'], label: 'phase', values: ['Active', 'Terminating'] },
    // kubernetes/kube-state-metrics internal/store/persistentvolume.go
    { metrics: ['kube_persistentvolume_status_phase'], label: 'phase', values: ['Available', 'Bound', 'Failed', 'Pending', 'Released'] },
    // kubernetes/kube-state-metrics internal/store/persistentvolumeclaim.go
    { metrics: ['kube_persistentvolumeclaim_status_phase'], label: 'phase', values: ['Bound', 'Lost', 'Pending'] },
    // k8s.io/api core/v1 PersistentVolumeMode
    { metrics: ['kube_persistentvolume_volume_mode', 'kube_persistentvolumeclaim_info'], label: 'volumemode', values: ['Block', 'Filesystem'] },
    // k8s.io/api core/v1 PersistentVolumeReclaimPolicy
    { metrics: ['kube_persistentvolume_info', 'kube_storageclass_info'], label: 'reclaim_policy', values: ['Delete', 'Recycle', 'Retain'] },
    // k8s.io/api core/v1 PersistentVolumeReclaimPolicy
    { metrics: ['kube_storageclass_info'], label: 'reclaimPolicy', values: ['Delete', 'Recycle', 'Retain'] },
    // k8s.io/api storage/v1 VolumeBindingMode
    { metrics: ['kube_storageclass_info'], label: 'volume_binding_mode', values: ['Immediate', 'WaitForFirstConsumer'] },
    // k8s.io/api storage/v1 VolumeBindingMode
    { metrics: ['kube_storageclass_info'], label: 'volumeBindingMode', values: ['Immediate', 'WaitForFirstConsumer'] },
    // k8s.io/api core/v1 ServiceType
    { metrics: ['kube_service_spec_type'], label: 'type', values: ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'] },
    // k8s.io/api core/v1 ServiceExternalTrafficPolicy
    { metrics: ['kube_service_info'], label: 'external_traffic_policy', values: ['Cluster', 'Local'] },
    // k8s.io/api core/v1 TaintEffect
    { metrics: ['kube_node_spec_taint'], label: 'effect', values: ['NoExecute', 'NoSchedule', 'PreferNoSchedule'] },
    // k8s.io/api core/v1 TaintEffect
    { metrics: ['kube_pod_tolerations'], label: 'effect', values: ['NoExecute', 'NoSchedule', 'PreferNoSchedule'] },
    // kubernetes/kube-state-metrics internal/store/resourcequota.go
    { metrics: ['kube_resourcequota'], label: 'type', values: ['hard', 'used'] },
    // kubernetes/kube-state-metrics internal/store/limitrange.go
    { metrics: ['kube_limitrange'], label: 'constraint', values: ['default', 'defaultRequest', 'max', 'maxLimitRequestRatio', 'min'] },
    // k8s.io/api batch/v1 ConcurrencyPolicy
    { metrics: ['kube_cronjob_info'], label: 'concurrency_policy', values: ['Allow', 'Forbid', 'Replace'] },
    // k8s.io/api discovery/v1 AddressType
    { metrics: ['kube_endpointslice_info'], label: 'addresstype', values: ['FQDN', 'IPv4', 'IPv6'] },
    // k8s.io/api rbac/v1, validation allows only these
    { metrics: ['kube_clusterrolebinding_info', 'kube_rolebinding_info'], label: 'roleref_kind', values: ['ClusterRole', 'Role'] },
    // kubernetes/kube-state-metrics pkg/watch/watch.go
    { metrics: ['kube_state_metrics_list_total', 'kube_state_metrics_watch_total'], label: 'result', values: ['error', 'success'] },
    // k8s.io/api apps/v1 PersistentVolumeClaimRetentionPolicyType
    { metrics: ['kube_statefulset_persistentvolumeclaim_retention_policy'], label: 'when_deleted', values: ['Delete', 'Retain'] },
    // k8s.io/api apps/v1 PersistentVolumeClaimRetentionPolicyType
    { metrics: ['kube_statefulset_persistentvolumeclaim_retention_policy'], label: 'when_scaled', values: ['Delete', 'Retain'] },
    // kubernetes/kube-state-metrics internal/store/endpointslice.go strconv.FormatBool
    { metrics: ['kube_endpointslice_endpoints'], label: 'ready', values: ['false', 'true'] },
    // kubernetes/kube-state-metrics collectors/node.go addConditionMetrics (old releases)
    {
      metrics: [
        'kube_node_status_disk_pressure', 'kube_node_status_memory_pressure', 'kube_node_status_network_unavailable',
        'kube_node_status_out_of_disk', 'kube_node_status_ready',
      ],
      label: 'condition',
      values: ['false', 'true', 'unknown'],
    },
  ],
  kubelet: [
    // kubernetes/kubernetes pkg/kubelet/container/runtime.go State
    { metrics: ['kubelet_running_containers'], label: 'container_state', values: ['created', 'exited', 'running', 'unknown'] },
    // kubernetes/kubernetes pkg/kubelet/prober/prober_manager.go
    { metrics: ['prober_probe_duration_seconds', 'prober_probe_total'], label: 'probe_type', values: ['Liveness', 'Readiness', 'Startup'] },
    // kubernetes/kubernetes pkg/kubelet/prober/prober_manager.go
    { metrics: ['prober_probe_total'], label: 'result', values: ['failed', 'successful', 'unknown'] },
  ],
  'kubernetes-apiserver': [
    // kubernetes/apiserver pkg/endpoints/metrics/metrics.go
    {
      metrics: [
        'apiserver_current_inflight_requests', 'apiserver_current_inqueue_requests',
        'apiserver_flowcontrol_read_vs_write_current_requests',
      ],
      label: 'request_kind',
      values: ['mutating', 'readOnly'],
    },
    // kubernetes/apiserver pkg/endpoints/metrics/metrics.go codeToString
    { metrics: ['apiserver_request_terminations_total', 'apiserver_request_total'], label: 'code', patterns: ['#'] },
    // kubernetes/apiserver pkg/admission/metrics/metrics.go strconv.Itoa, at most 600
    { metrics: ['apiserver_admission_webhook_request_total'], label: 'code', patterns: ['#'] },
  ],
  'kubernetes-scheduler': [
    // kubernetes/kubernetes pkg/scheduler/metrics/metrics.go
    { metrics: ['scheduler_pending_pods'], label: 'queue', values: ['active', 'backoff', 'gated', 'unschedulable'] },
  ],
  memcached: [
    // prometheus/memcached_exporter pkg/exporter/exporter.go
    { metrics: ['memcached_commands_total', 'memcached_slab_commands_total'], label: 'status', values: ['badval', 'hit', 'miss'] },
  ],
  'nginx-exporter': [
    // nginxinc/nginx-prometheus-exporter collector/nginx_plus.go
    {
      metrics: ['nginxplus_location_zone_responses', 'nginxplus_server_zone_responses', 'nginxplus_upstream_server_responses'],
      label: 'code',
      values: ['1xx', '2xx', '3xx', '4xx', '5xx'],
    },
  ],
  'nginx-ingress': [
    // kubernetes/ingress-nginx internal/ingress/metric/collectors/nginx_status.go
    { metrics: ['nginx_ingress_controller_nginx_process_connections'], label: 'state', values: ['active', 'reading', 'waiting', 'writing'] },
    // kubernetes/ingress-nginx internal/ingress/metric/collectors/nginx_status.go
    { metrics: ['nginx_ingress_controller_nginx_process_connections_total'], label: 'state', values: ['accepted', 'handled'] },
  ],
  'node-exporter': [
    // prometheus/node_exporter collector/cpu_{linux,darwin,freebsd,netbsd,openbsd,dragonfly,solaris,aix}.go (guest has its own metric since the name exists)
    {
      metrics: ['node_cpu_seconds_total'],
      label: 'mode',
      values: ['idle', 'interrupt', 'iowait', 'irq', 'kernel', 'nice', 'softirq', 'spin', 'steal', 'sys', 'system', 'user', 'wait'],
    },
    // prometheus/node_exporter collector/cpu_linux.go
    { metrics: ['node_cpu_guest_seconds_total'], label: 'mode', values: ['nice', 'user'] },
    // prometheus/node_exporter collector/cpu_aix.go
    { metrics: ['node_cpu_physical_seconds_total'], label: 'mode', values: ['pidle', 'psys', 'puser', 'pwait'] },
    // prometheus/node_exporter collector/systemd_linux.go unitStatesName
    {
      metrics: ['node_systemd_unit_state', 'node_systemd_units'],
      label: 'state',
      values: ['activating', 'active', 'deactivating', 'failed', 'inactive'],
    },
    // prometheus/node_exporter collector/mdadm_linux.go
    { metrics: ['node_md_disks'], label: 'state', values: ['active', 'failed', 'spare'] },
    // prometheus/node_exporter collector/mdadm_linux.go
    { metrics: ['node_md_state'], label: 'state', values: ['active', 'check', 'inactive', 'recovering', 'resync'] },
    // prometheus/node_exporter collector/tcpstat_linux.go String()
    {
      metrics: ['node_tcp_connection_states'],
      label: 'state',
      values: [
        'close', 'close_wait', 'closing', 'established', 'fin_wait1', 'fin_wait2', 'last_ack', 'listen', 'rx_queued_bytes',
        'syn_recv', 'syn_sent', 'time_wait', 'tx_queued_bytes', 'unknown',
      ],
    },
    // prometheus/node_exporter collector/cpu_*.go strconv.Itoa on every OS
    { metrics: ['node_cpu_guest_seconds_total', 'node_cpu_physical_seconds_total', 'node_cpu_seconds_total'], label: 'cpu', patterns: ['#'] },
  ],
  'postgres-exporter': [
    // prometheus-community/postgres_exporter collector/pg_stat_activity.go (VALUES list; 'unknown' for PostgreSQL before 9.2)
    {
      metrics: ['pg_stat_activity_count', 'pg_stat_activity_max_tx_duration'],
      label: 'state',
      values: [
        'active', 'disabled', 'fastpath function call', 'idle', 'idle in transaction', 'idle in transaction (aborted)',
        'unknown',
      ],
    },
    // prometheus-community/postgres_exporter collector/pg_locks.go
    {
      metrics: ['pg_locks_count'],
      label: 'mode',
      values: [
        'accessexclusivelock', 'accesssharelock', 'exclusivelock', 'rowexclusivelock', 'rowsharelock', 'sharelock',
        'sharerowexclusivelock', 'shareupdateexclusivelock', 'sireadlock',
      ],
    },
  ],
  'process-exporter': [
    // ncabatoff/process-exporter collector/process_collector.go
    {
      metrics: ['namedprocess_namegroup_memory_bytes'],
      label: 'memtype',
      values: ['proportionalResident', 'proportionalSwapped', 'resident', 'swapped', 'virtual'],
    },
    // ncabatoff/process-exporter collector/process_collector.go
    { metrics: ['namedprocess_namegroup_states'], label: 'state', values: ['Other', 'Running', 'Sleeping', 'Waiting', 'Zombie'] },
    // ncabatoff/process-exporter collector/process_collector.go
    {
      metrics: ['namedprocess_namegroup_cpu_seconds_total', 'namedprocess_namegroup_thread_cpu_seconds_total'],
      label: 'mode',
      values: ['system', 'user'],
    },
    // ncabatoff/process-exporter collector/process_collector.go
    {
      metrics: ['namedprocess_namegroup_context_switches_total', 'namedprocess_namegroup_thread_context_switches_total'],
      label: 'ctxswitchtype',
      values: ['nonvoluntary', 'voluntary'],
    },
    // ncabatoff/process-exporter collector/process_collector.go
    { metrics: ['namedprocess_namegroup_thread_io_bytes_total'], label: 'iomode', values: ['read', 'write'] },
  ],
  prometheus: [
    // prometheus/prometheus web/web.go promhttp.InstrumentHandlerCounter
    { metrics: ['prometheus_http_requests_total'], label: 'code', patterns: ['#'] },
  ],
  'prometheus-fastapi-instrumentator': [
    // The class of the code, or the code itself where should_group_status_codes is false (middleware.py)
    { metrics: ['http_requests_total', 'http_requests_created'], label: 'status', values: ['1xx', '2xx', '3xx', '4xx', '5xx'], patterns: ['#'] },
  ],
  'prometheus-operator': [
    // prometheus-operator/prometheus-operator pkg/operator/operator.go
    { metrics: ['prometheus_operator_triggered_total'], label: 'action', values: ['add', 'delete', 'update'] },
    // prometheus-operator/prometheus-operator pkg/operator/operator.go
    { metrics: ['prometheus_operator_syncs'], label: 'status', values: ['failed', 'ok'] },
  ],
  traefik: [
    // traefik/traefik pkg/middlewares/metrics/metrics.go strconv.Itoa, releases from 1.2 on
    {
      metrics: [
        'traefik_backend_request_duration_seconds', 'traefik_backend_requests_total',
        'traefik_entrypoint_request_duration_seconds', 'traefik_entrypoint_requests_bytes_total',
        'traefik_entrypoint_requests_total', 'traefik_entrypoint_responses_bytes_total', 'traefik_request_duration_seconds',
        'traefik_requests_total', 'traefik_router_request_duration_seconds', 'traefik_router_requests_bytes_total',
        'traefik_router_requests_total', 'traefik_router_responses_bytes_total', 'traefik_service_request_duration_seconds',
        'traefik_service_requests_bytes_total', 'traefik_service_requests_total', 'traefik_service_responses_bytes_total',
      ],
      label: 'code',
      patterns: ['#'],
    },
  ],
  'windows-exporter': [
    // prometheus-community/windows_exporter internal/collector/service/service.go apiStateValues
    {
      metrics: ['windows_service_state'],
      label: 'state',
      values: ['continue pending', 'pause pending', 'paused', 'running', 'start pending', 'stop pending', 'stopped', 'unknown'],
    },
    // prometheus-community/windows_exporter internal/collector/service/service.go apiStartModeValues
    { metrics: ['windows_service_start_mode'], label: 'start_mode', values: ['auto', 'boot', 'disabled', 'manual', 'system'] },
    // prometheus-community/windows_exporter internal/collector/process/process.go
    { metrics: ['windows_process_cpu_time_total'], label: 'mode', values: ['privileged', 'user'] },
    // prometheus-community/windows_exporter internal/collector/process/process.go
    { metrics: ['windows_process_io_bytes_total', 'windows_process_io_operations_total'], label: 'mode', values: ['other', 'read', 'write'] },
    // prometheus-community/windows_exporter internal/collector/cpu/cpu.go
    { metrics: ['windows_cpu_time_total'], label: 'mode', values: ['dpc', 'idle', 'interrupt', 'privileged', 'user'] },
    // prometheus-community/windows_exporter internal/collector/net/net.go operStatus
    {
      metrics: ['windows_net_nic_operation_status'],
      label: 'status',
      values: ['dormant', 'down', 'lower layer down', 'not present', 'testing', 'unknown', 'up'],
    },
  ],
}

/** Quantiles that summaries have. */
const quantiles = {
  'go-default': [
    // prometheus/client_golang prometheus/go_collector.go
    { metrics: ['go_gc_duration_seconds'], quantiles: [0, 0.25, 0.5, 0.75, 1] },
  ],
  prometheus: [
    // prometheus/prometheus promql/engine.go, notifier/notifier.go, rules/group.go, discovery, tsdb/wlog/wlog.go
    {
      metrics: [
        'prometheus_engine_query_duration_seconds', 'prometheus_notifications_latency_seconds', 'prometheus_rule_evaluation_duration_seconds',
        'prometheus_sd_consul_rpc_duration_seconds', 'prometheus_sd_file_scan_duration_seconds', 'prometheus_sd_kuma_fetch_duration_seconds',
        'prometheus_sd_refresh_duration_seconds', 'prometheus_tsdb_wal_fsync_duration_seconds',
      ],
      quantiles: [0.5, 0.9, 0.99],
    },
    // prometheus/prometheus scrape/metrics.go, rules/manager.go
    {
      metrics: [
        'prometheus_rule_group_duration_seconds', 'prometheus_target_interval_length_seconds', 'prometheus_target_reload_length_seconds',
        'prometheus_target_sync_length_seconds',
      ],
      quantiles: [0.01, 0.05, 0.5, 0.9, 0.99],
    },
  ],
}

/** A family of a catalog with what is known of its labels' values; and with a label that only a helper function of the exporter gives it. */
export function withLabelValues(catalog, family) {
  const isOfFamily = ({ metrics }) => metrics.includes(family.name)
  const rows = (knownLabels[catalog] ?? []).filter(isOfFamily)
  const summary = family.type === 'summary' ? quantiles[catalog]?.find(isOfFamily) : undefined
  const labels = new Map(family.labels.map((label) => [label.name, label]))
  for (const { label, values, patterns } of rows) {
    labels.set(label, { name: label, ...(values && { values }), open: patterns !== undefined, ...(patterns && { patterns }) })
  }
  return {
    ...family,
    labels: [...labels.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    ...(summary && { quantiles: summary.quantiles }),
  }
}
