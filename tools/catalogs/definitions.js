/**
 * What a scrape cannot tell about an exporter: its title, what shows that it runs, which name prefixes are its own and
 * where its label sets are fixed or open. The rest of a catalog is generated.
 */

/** Images, jobs and hosts that bear the name as a whole word: an exporter's name stands for nothing else. */
function named(...names) {
  const words = names.flatMap((name) => [name, `${name}-*`, `*-${name}`, `*-${name}-*`])
  return { images: words, jobs: words, targets: words.map((word) => `${word}:*`) }
}

/** The same for a product: `grafana` is one, `grafana-backup-tool` is something else. */
function product(...names) {
  return {
    images: names,
    jobs: names.flatMap((name) => [name, `*-${name}`]),
    targets: names.flatMap((name) => [`${name}:*`, `*-${name}:*`]),
  }
}

function and(...evidence) {
  const all = (key) => evidence.flatMap((each) => each[key] ?? [])
  return { images: all('images'), jobs: all('jobs'), targets: all('targets') }
}

/** Known by prefix only, so that a diagnostic can say whose metric it looks like. */
function foreign(title, prefixes, evidence = {}) {
  return { title, exporter: `${title}, known by its prefix only`, prefixes, openPrefixes: prefixes, families: 'none', ...evidence }
}

/** The same for a program in Go, which exposes the metrics of its runtime besides. */
function foreignGo(title, prefixes, evidence) {
  return { ...foreign(title, prefixes, evidence), includes: ['go-default'] }
}

/** What every program of Kubernetes exposes besides its own (k8s.io/component-base: metrics/; k8s.io/client-go: tools/metrics). */
const ofKubernetes = ['rest_client_', 'workqueue_', 'leader_election_', 'kubernetes_build_info', 'kubernetes_feature_enabled', 'kubernetes_healthcheck']

/** Each release has some other metrics: what is not listed may be there all the same. */
function kubernetes(title, prefixes, evidence) {
  return { title, exporter: `The metrics of the ${title} itself`, prefixes, openPrefixes: prefixes, includes: ['go-default', 'kubernetes-default'], ...evidence }
}

const applications = {
  'nodejs-default': {
    title: 'prom-client default metrics',
    exporter: 'Process and Node.js runtime metrics of a program that calls collectDefaultMetrics()',
    prefixes: ['nodejs_'],
    closedLabels: {
      // prom-client: lib/metrics/gc.js, the kinds of perf_hooks' garbage collection entries.
      nodejs_gc_duration_seconds: { kind: ['incremental', 'major', 'minor', 'weakcb'] },
    },
  },
  'python-default': {
    title: 'prometheus_client default metrics',
    exporter: 'Process, platform and garbage collector metrics of a program that uses the default registry of prometheus_client',
    prefixes: ['python_'],
    closedLabels: Object.fromEntries(
      ['objects_collected', 'objects_uncollectable', 'collections'].map((name) => [
        `python_gc_${name}_total`,
        { generation: ['0', '1', '2'] },
      ]),
    ),
  },
  'express-prom-bundle': {
    title: 'express-prom-bundle',
    exporter: 'Request metrics of an Express application that uses the express-prom-bundle middleware',
    // `customLabels` adds labels, `httpDurationMetricName` changes the name.
    openLabels: /^http_request_duration_seconds$/,
  },
  'prometheus-fastapi-instrumentator': {
    title: 'Prometheus FastAPI Instrumentator',
    exporter: 'Request metrics of a FastAPI or Starlette application that uses prometheus-fastapi-instrumentator',
    // `custom_labels` and the `should_include_*` options of each metric change the labels.
    openLabels: /^http_/,
  },
  aioprometheus: {
    title: 'aioprometheus middleware',
    exporter: 'Request metrics of an ASGI application (FastAPI, Starlette, Quart) that uses the MetricsMiddleware of aioprometheus',
    // `const_labels` adds to each.
    openLabels: /_counter$/,
  },
  'django-prometheus': {
    title: 'django-prometheus',
    exporter: 'Request, database, cache, model and migration metrics of a Django application that uses django-prometheus',
    prefixes: ['django_'],
    // `PROMETHEUS_EXTRA_…` and overridden middleware classes add labels to request metrics.
    openLabels: /^django_http_/,
  },
}

const exporters = {
  'go-default': {
    title: 'client_golang default metrics',
    exporter: 'Process and Go runtime metrics of a program in Go',
    prefixes: ['go_'],
    // The collectors of runtime/metrics follow the version of Go.
    openPrefixes: ['go_'],
    only: /^(go|process|promhttp)_/,
  },
  flower: {
    title: 'Flower',
    exporter: 'Celery monitoring tool; metrics of the Celery events it sees',
    prefixes: ['flower_'],
    ...and(named('flower'), { targets: ['*:5555'] }),
  },
  'celery-exporter': {
    title: 'celery-exporter',
    exporter: 'Celery task, worker and queue metrics by danihodovic/celery-exporter',
    prefixes: ['celery_'],
    ...and(named('celery-exporter'), { targets: ['*:9808'] }),
  },
  rabbitmq: {
    title: 'RabbitMQ',
    exporter: 'RabbitMQ with its rabbitmq_prometheus plugin (aggregated, per-object and detailed metrics)',
    prefixes: ['rabbitmq_', 'erlang_'],
    // Fields of the `ra` library and of the Erlang runtime, which change with their versions.
    openPrefixes: ['rabbitmq_raft_', 'rabbitmq_detailed_raft_', 'erlang_'],
    // The first is new in RabbitMQ 4, the others appear in products that are built on it.
    extraLabels: { rabbitmq_identity_info: ['rabbitmq_endpoint'], rabbitmq_build_info: ['product_name', 'product_version'] },
    ...and(product('rabbitmq'), { targets: ['*:15692', '*:15691'] }),
  },
  'redis-exporter': {
    title: 'Redis exporter',
    includes: ['go-default'],
    exporter: 'Redis and Valkey metrics by oliver006/redis_exporter',
    prefixes: ['redis_'],
    // Named after the server's settings.
    openPrefixes: ['redis_config_', 'redis_sentinel_'],
    ...and(named('redis-exporter', 'valkey-exporter'), { jobs: ['redis', '*-redis', 'valkey'], targets: ['*:9121'] }),
  },
  'postgres-exporter': {
    title: 'PostgreSQL exporter',
    includes: ['go-default'],
    exporter: 'PostgreSQL server metrics by prometheus-community/postgres_exporter',
    prefixes: ['pg_'],
    // Named after the settings and statistics views of the server's version.
    openPrefixes: ['pg_settings_', 'pg_stat_', 'pg_replication_'],
    // postgres_exporter: cmd/postgres_exporter, serverLabelName, on all that comes from a query of the user's or of its own.
    extraLabels: { 'pg_.*': ['server'] },
    ...and(named('postgres-exporter', 'postgresql-exporter', 'pg-exporter'), {
      jobs: ['postgres', 'postgresql', '*-postgres', '*-postgresql'],
      targets: ['*:9187'],
    }),
  },
  'mysqld-exporter': {
    title: 'MySQL server exporter',
    includes: ['go-default'],
    exporter: 'MySQL and MariaDB server metrics by prometheus/mysqld_exporter',
    prefixes: ['mysql_'],
    // Named after the variables and tables of the server's version.
    openPrefixes: ['mysql_global_status_', 'mysql_global_variables_', 'mysql_info_schema_', 'mysql_slave_status_', 'mysql_engine_'],
    ...and(named('mysqld-exporter', 'mysql-exporter'), { jobs: ['mysql', 'mariadb', '*-mysql'], targets: ['*:9104'] }),
  },
  'node-exporter': {
    title: 'Node exporter',
    includes: ['go-default'],
    exporter: 'Hardware and operating system metrics of a machine',
    prefixes: ['node_'],
    // Collectors that name metrics after what the kernel reports on the machine at hand.
    openPrefixes: [
      'node_bcache_', 'node_bcachefs_', 'node_bonding_', 'node_btrfs_', 'node_drbd_', 'node_ethtool_', 'node_fibrechannel_',
      'node_filefd_', 'node_hwmon_', 'node_infiniband_', 'node_ksmd_', 'node_lnstat_', 'node_memory_', 'node_mountstats_',
      'node_netisr_', 'node_netstat_', 'node_network_', 'node_nfs', 'node_perf_', 'node_power_supply_', 'node_rapl_',
      'node_slabinfo_', 'node_sockstat_', 'node_sysctl_', 'node_vmstat_', 'node_xfs_', 'node_zfs_', 'node_zoneinfo_',
    ],
    // The netclass collector's label is `interface` until 0.17 and `device` since 0.18, and `node_network_up` had others (CHANGELOG.md).
    openLabels: /^node_(dmi_info|os_info|uname_info|zfs_.*|cpu_info|power_supply_info|network_(up|info|address_assign_type|carrier|carrier(_up|_down)?_changes_total|device_id|dormant|flags|iface_id|iface_link|iface_link_mode|mtu_bytes|name_assign_type|net_dev_group|protocol_type|speed_bytes|transmit_queue_length))$/,
    ...and(named('node-exporter'), { jobs: ['node', 'nodes'], targets: ['*:9100'] }),
  },
  cadvisor: {
    title: 'cAdvisor',
    includes: ['go-default'],
    exporter: 'Container resource usage, by cAdvisor itself or by the kubelet it is built into',
    prefixes: ['container_', 'machine_', 'cadvisor_'],
    // cAdvisor: cmd/internal/http, the container's own labels and environment become `container_label_*` and
    // `container_env_*`; the kubelet names pod, namespace and container instead.
    openLabels: /^(container|machine)_/,
    extraLabels: {
      'container_.*': ['id', 'image', 'name', 'container', 'pod', 'namespace'],
      'machine_.*': ['boot_id', 'machine_id', 'system_uuid'],
    },
    ...and(named('cadvisor'), { jobs: ['kubelet', 'kubernetes-nodes'] }),
  },
  'kube-state-metrics': {
    title: 'kube-state-metrics',
    includes: ['go-default'],
    exporter: 'State of the objects in a Kubernetes cluster',
    prefixes: ['kube_'],
    // What the custom resource configuration names; up to 2.8 the vertical pod autoscaler; series that the recording
    // rules of the Kubernetes mixin name so.
    openPrefixes: ['kube_customresource_', 'kube_verticalpodautoscaler_', 'kube_pod_windows_'],
    // `--metric-labels-allowlist` and `--metric-annotations-allowlist` add `label_*` and `annotation_*`.
    openLabels: /^kube_\w+_(labels|annotations)$/,
    ...named('kube-state-metrics', 'ksm'),
  },
  prometheus: {
    title: 'Prometheus',
    includes: ['go-default'],
    exporter: 'The metrics of a Prometheus server about itself',
    prefixes: ['prometheus_', 'net_conntrack_'],
    // Thanos: pkg/rules/manager.go and pkg/receive/multitsdb.go, which have Prometheus built in.
    extraLabels: { 'prometheus_rule_.*': ['strategy'], 'prometheus_tsdb_.*': ['tenant'] },
    ...and(product('prometheus'), {
      jobs: ['prometheus-server', 'prometheus-k8s', 'prometheus-operated', '*prometheus-prometheus*'],
      targets: ['*prometheus*:9090', 'localhost:9090', '127-0-0-1:9090'],
    }),
  },
  alertmanager: {
    title: 'Alertmanager',
    includes: ['go-default'],
    exporter: 'The metrics of an Alertmanager about itself',
    prefixes: ['alertmanager_'],
    ...named('alertmanager'),
  },
  pushgateway: {
    title: 'Pushgateway',
    includes: ['go-default'],
    exporter: 'The metrics of a Pushgateway about itself and about the groups pushed to it',
    prefixes: ['pushgateway_'],
    // Beside them a gateway exposes whatever is pushed to it.
    only: /^push(gateway)?_/,
    ...named('pushgateway', 'push-gateway'),
  },
  'blackbox-exporter': {
    title: 'Blackbox exporter',
    includes: ['go-default'],
    exporter: 'Results of HTTP, TCP, ICMP, DNS and gRPC probes',
    prefixes: ['probe_', 'blackbox_'],
    ...and(named('blackbox', 'blackbox-exporter'), { targets: ['*:9115'] }),
  },
  coredns: {
    title: 'CoreDNS',
    includes: ['go-default'],
    exporter: 'The metrics of a CoreDNS server and of its plugins',
    prefixes: ['coredns_'],
    // Plugins that are compiled in from elsewhere.
    openPrefixes: ['coredns_'],
    ...and(product('coredns'), { jobs: ['kube-dns'] }),
  },
  etcd: {
    title: 'etcd',
    includes: ['go-default'],
    exporter: 'The metrics of an etcd server about itself',
    prefixes: ['etcd_', 'etcdserver_'],
    ...and(product('etcd'), { jobs: ['kube-etcd', 'etcd-*'], targets: ['*:2379', '*:2381'] }),
  },
  haproxy: {
    title: 'HAProxy',
    includes: ['go-default'],
    exporter: 'HAProxy with its own Prometheus service, or prometheus/haproxy_exporter beside it',
    prefixes: ['haproxy_'],
    // HAProxy: addons/promex, the statistics of each version and module become metrics.
    openPrefixes: ['haproxy_'],
    // The same, from 3.0: `extra-counters`, `desc-labels` and the labels of the process.
    extraLabels: {
      'haproxy_(?:frontend|listener|backend|server)_.*': ['desc', 'mod'],
      'haproxy_process_.*': ['desc', 'node', 'version'],
    },
    ...and(product('haproxy'), named('haproxy-exporter'), { targets: ['*:9101', '*:8404'] }),
  },
  'nginx-exporter': {
    title: 'NGINX Prometheus exporter',
    includes: ['go-default'],
    exporter: 'NGINX and NGINX Plus metrics by nginx/nginx-prometheus-exporter',
    prefixes: ['nginx_', 'nginxplus_', 'nginxexporter_'],
    // Modules and Lua libraries of NGINX expose names that begin so, too; NGINX Plus has families by its API's version.
    openPrefixes: ['nginx_', 'nginxplus_'],
    // `--prometheus.const-label`, and labels that NGINX Plus takes from its configuration.
    openLabels: /^nginx(plus)?_/,
    ...and(named('nginx-exporter', 'nginx-prometheus-exporter'), { jobs: ['nginx'], targets: ['*:9113'] }),
  },
  apache: {
    title: 'Apache HTTP Server exporter',
    includes: ['go-default'],
    exporter: 'Apache HTTP Server metrics by Lusitaniae/apache_exporter',
    prefixes: ['apache_'],
    ...named('apache-exporter'),
  },
  pgbouncer: {
    title: 'PgBouncer exporter',
    includes: ['go-default'],
    exporter: 'PgBouncer metrics by prometheus-community/pgbouncer_exporter',
    prefixes: ['pgbouncer_'],
    // Its tables are read at run time; other exporters for PgBouncer name their metrics so, too.
    openPrefixes: ['pgbouncer_'],
    openLabels: /^pgbouncer_/,
    ...named('pgbouncer-exporter', 'pgbouncer'),
  },
  memcached: {
    title: 'Memcached exporter',
    includes: ['go-default'],
    exporter: 'Memcached metrics by prometheus/memcached_exporter',
    prefixes: ['memcached_'],
    only: /^memcached_/,
    ...and(named('memcached-exporter'), { jobs: ['memcached'], targets: ['*:9150'] }),
  },
  elasticsearch: {
    title: 'Elasticsearch exporter',
    includes: ['go-default'],
    exporter: 'Elasticsearch and OpenSearch metrics by prometheus-community/elasticsearch_exporter',
    prefixes: ['elasticsearch_'],
    ...and(named('elasticsearch-exporter'), { jobs: ['elasticsearch'], targets: ['*:9114'] }),
  },
  kafka: {
    title: 'Kafka exporter',
    includes: ['go-default'],
    exporter: 'Kafka broker, topic and consumer group metrics by danielqsj/kafka_exporter',
    prefixes: ['kafka_'],
    // Brokers and clients behind the JMX exporter name their metrics so, too.
    openPrefixes: ['kafka_'],
    ...and(named('kafka-exporter'), { jobs: ['kafka'], targets: ['*:9308'] }),
  },
  'process-exporter': {
    title: 'Process exporter',
    includes: ['go-default'],
    exporter: 'Metrics of groups of processes by ncabatoff/process-exporter',
    prefixes: ['namedprocess_'],
    only: /^namedprocess_/,
    ...and(named('process-exporter'), { targets: ['*:9256'] }),
  },
  'statsd-exporter': {
    title: 'StatsD exporter',
    includes: ['go-default'],
    exporter: 'The metrics of a StatsD exporter about itself; those that it translates are named by its configuration',
    prefixes: ['statsd_exporter_', 'statsd_metric_'],
    only: /^statsd_(exporter|metric)_/,
    ...named('statsd-exporter'),
  },
  'windows-exporter': {
    title: 'Windows exporter',
    includes: ['go-default'],
    exporter: 'Hardware, operating system and service metrics of a Windows machine by prometheus-community/windows_exporter',
    prefixes: ['windows_', 'wmi_'],
    // The names until 2020; collectors that the generator does not follow; series that the recording rules of the
    // Kubernetes mixin name so.
    openPrefixes: [
      'wmi_', 'windows_exchange_', 'windows_hyperv_', 'windows_perfdata_', 'windows_performancecounter_', 'windows_smb_',
      'windows_smbclient_', 'windows_textfile_', 'windows_container_', 'windows_pod_',
    ],
    only: /^windows_/,
    ...and(named('windows-exporter', 'wmi-exporter'), { jobs: ['windows'], targets: ['*:9182'] }),
  },
  traefik: {
    title: 'Traefik',
    includes: ['go-default'],
    exporter: 'The metrics of a Traefik proxy about its entry points, routers and services',
    prefixes: ['traefik_'],
    only: /^traefik_/,
    ...product('traefik'),
  },
  'nginx-ingress': {
    title: 'Ingress-NGINX controller',
    includes: ['go-default'],
    exporter: 'The metrics of kubernetes/ingress-nginx',
    prefixes: ['nginx_ingress_controller_'],
    // The controller of NGINX's own makers begins its names so, too.
    openPrefixes: ['nginx_ingress_controller_'],
    openLabels: /^nginx_ingress_controller_/,
    ...named('ingress-nginx', 'nginx-ingress'),
  },
  'cert-manager': {
    title: 'cert-manager',
    includes: ['go-default'],
    exporter: 'The metrics of cert-manager about certificates and its ACME client',
    prefixes: ['certmanager_'],
    only: /^certmanager_/,
    ...named('cert-manager'),
  },
  argocd: {
    title: 'Argo CD',
    includes: ['go-default'],
    exporter: 'The metrics of the components of Argo CD',
    prefixes: ['argocd_'],
    // Metrics of libraries that are kept elsewhere (the notifications engine, the GitOps engine).
    openPrefixes: ['argocd_'],
    openLabels: /^argocd_/,
    only: /^argocd_/,
    ...named('argocd'),
  },
  keda: {
    title: 'KEDA',
    includes: ['go-default'],
    exporter: 'The metrics of the operator, the metrics server and the webhooks of KEDA',
    prefixes: ['keda_'],
    only: /^keda_/,
    ...named('keda'),
  },
  karpenter: {
    title: 'Karpenter',
    includes: ['go-default'],
    exporter: 'The metrics of kubernetes-sigs/karpenter, which the cloud providers share',
    prefixes: ['karpenter_'],
    // What each cloud provider adds, and what came before the providers shared their core.
    openPrefixes: ['karpenter_'],
    openLabels: /^karpenter_/,
    only: /^karpenter_/,
    ...product('karpenter'),
  },
  'prometheus-operator': {
    title: 'Prometheus operator',
    includes: ['go-default'],
    exporter: 'The metrics of the Prometheus operator about the objects that it manages',
    prefixes: ['prometheus_operator_'],
    // Each controller registers with a label of its own (pkg/prometheus/server/operator.go, WrapRegistererWith).
    extraLabels: { 'prometheus_operator_.*': ['controller'] },
    openLabels: /^prometheus_operator_/,
    only: /^prometheus_operator_/,
    ...named('prometheus-operator'),
  },
  velero: {
    title: 'Velero',
    includes: ['go-default'],
    exporter: 'The metrics of Velero about backups and restores',
    prefixes: ['velero_'],
    only: /^velero_/,
    ...product('velero'),
  },
  harbor: {
    title: 'Harbor',
    includes: ['go-default'],
    exporter: 'The metrics of the exporter, the core, the job service and the registry of Harbor',
    prefixes: ['harbor_'],
    openPrefixes: ['harbor_'],
    openLabels: /^harbor_/,
    only: /^harbor_/,
    ...named('harbor'),
  },
  grafana: {
    title: 'Grafana',
    includes: ['go-default'],
    exporter: 'The metrics of a Grafana server about itself',
    prefixes: ['grafana_'],
    // Later versions and its libraries have more names and more labels.
    openPrefixes: ['grafana_'],
    openLabels: /^grafana_/,
    // Later versions: pkg/middleware/request_metrics.go, behind a feature toggle.
    nativeHistograms: /^grafana_http_request_duration_seconds$/,
    only: /^grafana_/,
    ...and(product('grafana', 'grafana-oss', 'grafana-enterprise'), { targets: ['grafana-*:3000'] }),
  },
  thanos: {
    title: 'Thanos',
    includes: ['go-default'],
    exporter: 'The metrics of the components of Thanos',
    prefixes: ['thanos_'],
    // Its libraries are given a registry that adds the prefix and, for some, labels.
    openPrefixes: ['thanos_'],
    openLabels: /^thanos_/,
    only: /^thanos_/,
    ...named('thanos'),
  },
  loki: {
    title: 'Grafana Loki',
    includes: ['go-default'],
    exporter: 'The metrics of the components of Grafana Loki',
    prefixes: ['loki_', 'logql_'],
    openPrefixes: ['loki_', 'logql_'],
    openLabels: /^(loki|logql)_/,
    only: /^(loki|logql)_/,
    ...and(product('loki'), { targets: ['*:3100'] }),
  },
  tempo: {
    title: 'Grafana Tempo',
    includes: ['go-default'],
    exporter: 'The metrics of the components of Grafana Tempo, and those that it generates from traces',
    prefixes: ['tempo_', 'tempodb_', 'traces_spanmetrics_', 'traces_service_graph_'],
    openPrefixes: ['tempo_', 'tempodb_', 'traces_spanmetrics_', 'traces_service_graph_'],
    openLabels: /^tempo(db)?_/,
    only: /^tempo(db)?_/,
    ...product('tempo'),
  },
}

const foreigners = {
  airflow: foreign('Apache Airflow (StatsD exporter)', ['airflow_'], named('airflow')),
  ceph: foreign('Ceph', ['ceph_'], named('ceph')),
  clickhouse: foreign('ClickHouse', ['ClickHouseMetrics_', 'ClickHouseProfileEvents_', 'ClickHouseAsyncMetrics_'], named('clickhouse')),
  cloudflare: foreignGo('Cloudflare exporter', ['cloudflare_'], named('cloudflare-exporter')),
  cloudwatch: foreign('AWS CloudWatch exporter', ['aws_'], named('cloudwatch-exporter', 'yet-another-cloudwatch-exporter')),
  confluent: foreign('Confluent Cloud', ['confluent_'], named('confluent-cloud')),
  consul: foreignGo('Consul', ['consul_'], and(product('consul'), named('consul-exporter'))),
  couchdb: foreign('Apache CouchDB', ['couchdb_'], product('couchdb')),
  dcgm: foreign('NVIDIA DCGM exporter', ['DCGM_'], named('dcgm-exporter')),
  docker: foreignGo('Docker Engine', ['engine_daemon_', 'builder_'], { jobs: ['docker'], targets: ['*:9323'] }),
  envoy: foreign('Envoy', ['envoy_'], product('envoy')),
  fluentbit: foreign('Fluent Bit', ['fluentbit_'], product('fluent-bit')),
  fluentd: foreign('Fluentd', ['fluentd_'], product('fluentd')),
  gitlab: foreign('GitLab', ['gitlab_'], product('gitlab-ce', 'gitlab-ee', 'gitlab')),
  'home-assistant': foreign('Home Assistant', ['hass_', 'homeassistant_'], product('home-assistant', 'hass')),
  influxdb: foreignGo('InfluxDB', ['influxdb_'], product('influxdb')),
  istio: foreignGo('Istio', ['istio_', 'pilot_', 'galley_', 'citadel_'], product('istio', 'istiod', 'pilot')),
  jaeger: foreignGo('Jaeger', ['jaeger_'], named('jaeger')),
  jenkins: foreign('Jenkins', ['jenkins_'], product('jenkins')),
  jvm: foreign('Java virtual machine (Micrometer or the Prometheus Java client)', ['jvm_'], { jobs: ['jmx', 'jmx-exporter'] }),
  kubelet: kubernetes('Kubelet', ['kubelet_', 'storage_operation_', 'volume_manager_'], { jobs: ['kubelet', '*-kubelet', 'kubernetes-nodes'] }),
  'kubernetes-default': {
    title: 'Kubernetes client-go and component-base',
    exporter: 'What the programs of Kubernetes have besides their own, and in part whoever uses its libraries',
    prefixes: ['rest_client_', 'workqueue_', 'leader_election_'],
    openPrefixes: ofKubernetes,
  },
  'kubernetes-apiserver': kubernetes('Kubernetes API server', ['apiserver_', 'aggregator_', 'etcd_request_', 'etcd_requests_', 'etcd_bookmark_', 'etcd_lease_object_'], {
    jobs: ['apiserver', 'kube-apiserver', 'kubernetes-apiservers', '*-apiserver'],
  }),
  'kubernetes-controller-manager': kubernetes('Kubernetes controller manager', ['node_collector_', 'attachdetach_controller_', 'attach_detach_controller_', 'cronjob_controller_', 'job_controller_', 'endpoint_slice_controller_', 'endpoint_slice_mirroring_controller_', 'node_ipam_controller_', 'pv_collector_'], named('kube-controller-manager')),
  'kubernetes-proxy': kubernetes('kube-proxy', ['kubeproxy_'], named('kube-proxy')),
  'kubernetes-scheduler': kubernetes('Kubernetes scheduler', ['scheduler_'], named('kube-scheduler')),
  litellm: foreign('LiteLLM proxy', ['litellm_'], named('litellm')),
  mimir: foreignGo('Grafana Mimir or Cortex', ['cortex_'], product('mimir', 'cortex')),
  minio: foreignGo('MinIO', ['minio_'], product('minio')),
  mongodb: foreignGo('MongoDB exporter', ['mongodb_'], and(named('mongodb-exporter'), { jobs: ['mongodb'], targets: ['*:9216'] })),
  mssql: foreignGo('SQL Server exporter', ['mssql_'], named('mssql-exporter', 'sql-exporter')),
  nats: foreignGo('NATS exporter', ['gnatsd_', 'nats_', 'jetstream_'], named('nats-exporter', 'prometheus-nats-exporter')),
  nomad: foreignGo('Nomad', ['nomad_'], product('nomad')),
  nvidia: foreignGo('NVIDIA GPU exporter', ['nvidia_smi_', 'nvidia_gpu_'], named('nvidia-gpu-exporter', 'nvidia-exporter')),
  'opentelemetry-collector': foreignGo('OpenTelemetry Collector', ['otelcol_'], and(named('otel-collector', 'otelcol', 'opentelemetry-collector'), { targets: ['*:8888'] })),
  presto: foreign('Presto', ['presto_', 'com_facebook_presto_', 'trino_'], product('presto', 'trino')),
  // It runs beside each Prometheus and Alertmanager that the operator makes.
  'prometheus-config-reloader': foreignGo('Prometheus config reloader', ['reloader_'], named('prometheus-config-reloader', 'config-reloader', 'prometheus-operator')),
  promtail: foreignGo('Promtail', ['promtail_'], product('promtail')),
  ray: foreign('Ray', ['ray_'], product('ray', 'ray-ml')),
  'rabbitmq-exporter': foreignGo('RabbitMQ exporter (kbudde)', ['rabbitmq_'], and(named('rabbitmq-exporter'), { targets: ['*:9419'] })),
  sglang: foreign('SGLang', ['sglang:', 'sglang_'], named('sglang')),
  'smartctl-exporter': foreignGo('smartctl exporter', ['smartctl_'], named('smartctl-exporter')),
  'snmp-exporter': foreignGo('SNMP exporter', ['snmp_'], and(named('snmp', 'snmp-exporter'), { targets: ['*:9116'] })),
  'text-generation-inference': foreign('Hugging Face Text Generation Inference', ['tgi_'], named('text-generation-inference')),
  triton: foreign('NVIDIA Triton Inference Server', ['nv_'], named('tritonserver')),
  vault: foreignGo('Vault', ['vault_'], product('vault')),
  'victoria-metrics': foreignGo('VictoriaMetrics', ['vm_', 'vmagent_', 'vmalert_', 'vminsert_', 'vmselect_', 'vmstorage_'], named('victoria-metrics', 'vmagent', 'vmalert')),
  vllm: foreign('vLLM', ['vllm:', 'vllm_'], named('vllm', 'vllm-openai')),
}

export const definitions = { ...applications, ...exporters, ...foreigners }
