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
    openLabels: /^node_(dmi_info|os_info|uname_info|zfs_.*|cpu_info|power_supply_info)$/,
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
    // What the custom resource configuration names; up to 2.8 the vertical pod autoscaler.
    openPrefixes: ['kube_customresource_', 'kube_verticalpodautoscaler_'],
    // `--metric-labels-allowlist` and `--metric-annotations-allowlist` add `label_*` and `annotation_*`.
    openLabels: /^kube_\w+_(labels|annotations)$/,
    ...named('kube-state-metrics', 'ksm'),
  },
  prometheus: {
    title: 'Prometheus',
    includes: ['go-default'],
    exporter: 'The metrics of a Prometheus server about itself',
    prefixes: ['prometheus_', 'net_conntrack_'],
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
    ...and(named('alertmanager'), { targets: ['*:9093'] }),
  },
  pushgateway: {
    title: 'Pushgateway',
    includes: ['go-default'],
    exporter: 'The metrics of a Pushgateway about itself and about the groups pushed to it',
    prefixes: ['pushgateway_'],
    // Beside them a gateway exposes whatever is pushed to it.
    only: /^push(gateway)?_/,
    ...and(named('pushgateway', 'push-gateway'), { targets: ['*:9091'] }),
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
}

const foreigners = {
  airflow: foreign('Apache Airflow (StatsD exporter)', ['airflow_'], named('airflow')),
  apache: foreignGo('Apache HTTP Server exporter', ['apache_'], named('apache-exporter')),
  argocd: foreignGo('Argo CD', ['argocd_'], named('argocd')),
  'cert-manager': foreignGo('cert-manager', ['certmanager_'], named('cert-manager')),
  ceph: foreign('Ceph', ['ceph_'], named('ceph')),
  clickhouse: foreign('ClickHouse', ['ClickHouseMetrics_', 'ClickHouseProfileEvents_', 'ClickHouseAsyncMetrics_'], named('clickhouse')),
  cloudflare: foreignGo('Cloudflare exporter', ['cloudflare_'], named('cloudflare-exporter')),
  cloudwatch: foreign('AWS CloudWatch exporter', ['aws_'], named('cloudwatch-exporter', 'yet-another-cloudwatch-exporter')),
  confluent: foreign('Confluent Cloud', ['confluent_'], named('confluent-cloud')),
  consul: foreignGo('Consul', ['consul_'], and(product('consul'), named('consul-exporter'))),
  couchdb: foreign('Apache CouchDB', ['couchdb_'], product('couchdb')),
  dcgm: foreign('NVIDIA DCGM exporter', ['DCGM_'], named('dcgm-exporter')),
  docker: foreignGo('Docker Engine', ['engine_daemon_', 'builder_'], { jobs: ['docker'], targets: ['*:9323'] }),
  elasticsearch: foreignGo('Elasticsearch exporter', ['elasticsearch_'], and(named('elasticsearch-exporter'), { jobs: ['elasticsearch'], targets: ['*:9114'] })),
  envoy: foreign('Envoy', ['envoy_'], product('envoy')),
  fluentbit: foreign('Fluent Bit', ['fluentbit_'], product('fluent-bit')),
  fluentd: foreign('Fluentd', ['fluentd_'], product('fluentd')),
  gitlab: foreign('GitLab', ['gitlab_'], product('gitlab-ce', 'gitlab-ee', 'gitlab')),
  grafana: foreignGo('Grafana', ['grafana_'], and(product('grafana', 'grafana-oss', 'grafana-enterprise'), { targets: ['grafana-*:3000'] })),
  harbor: foreignGo('Harbor', ['harbor_'], named('harbor')),
  haproxy: foreign('HAProxy', ['haproxy_'], and(product('haproxy'), named('haproxy-exporter'), { targets: ['*:9101', '*:8404'] })),
  'home-assistant': foreign('Home Assistant', ['hass_', 'homeassistant_'], product('home-assistant', 'hass')),
  influxdb: foreignGo('InfluxDB', ['influxdb_'], product('influxdb')),
  istio: foreignGo('Istio', ['istio_', 'pilot_', 'galley_', 'citadel_'], product('istio', 'istiod', 'pilot')),
  jaeger: foreignGo('Jaeger', ['jaeger_'], named('jaeger')),
  jenkins: foreign('Jenkins', ['jenkins_'], product('jenkins')),
  jvm: foreign('Java virtual machine (Micrometer or the Prometheus Java client)', ['jvm_'], { jobs: ['jmx', 'jmx-exporter'] }),
  kafka: foreignGo('Kafka exporter', ['kafka_'], and(named('kafka-exporter'), { jobs: ['kafka'], targets: ['*:9308'] })),
  karpenter: foreignGo('Karpenter', ['karpenter_'], product('karpenter')),
  keda: foreignGo('KEDA', ['keda_'], named('keda')),
  kubelet: foreignGo('Kubelet', ['kubelet_', 'storage_operation_'], { jobs: ['kubelet', '*-kubelet', 'kubernetes-nodes'] }),
  'kubernetes-apiserver': foreignGo('Kubernetes API server', ['apiserver_', 'aggregator_', 'workqueue_'], {
    jobs: ['apiserver', 'kube-apiserver', 'kubernetes-apiservers', '*-apiserver'],
  }),
  'kubernetes-controller-manager': foreignGo('Kubernetes controller manager', ['node_collector_', 'attachdetach_controller_'], named('kube-controller-manager')),
  'kubernetes-proxy': foreignGo('kube-proxy', ['kubeproxy_'], named('kube-proxy')),
  'kubernetes-scheduler': foreignGo('Kubernetes scheduler', ['scheduler_'], named('kube-scheduler')),
  loki: foreignGo('Grafana Loki', ['loki_', 'logql_'], and(product('loki'), { targets: ['*:3100'] })),
  memcached: foreignGo('Memcached exporter', ['memcached_'], and(named('memcached-exporter'), { jobs: ['memcached'], targets: ['*:9150'] })),
  mimir: foreignGo('Grafana Mimir or Cortex', ['cortex_'], product('mimir', 'cortex')),
  minio: foreignGo('MinIO', ['minio_'], product('minio')),
  mongodb: foreignGo('MongoDB exporter', ['mongodb_'], and(named('mongodb-exporter'), { jobs: ['mongodb'], targets: ['*:9216'] })),
  mssql: foreignGo('SQL Server exporter', ['mssql_'], named('mssql-exporter', 'sql-exporter')),
  nats: foreignGo('NATS exporter', ['gnatsd_', 'nats_', 'jetstream_'], named('nats-exporter', 'prometheus-nats-exporter')),
  'nginx-exporter': foreignGo('NGINX Prometheus exporter', ['nginx_', 'nginxplus_', 'nginxexporter_'], and(named('nginx-exporter', 'nginx-prometheus-exporter'), { jobs: ['nginx'], targets: ['*:9113'] })),
  'nginx-ingress': foreignGo('Ingress-NGINX controller', ['nginx_ingress_controller_'], named('ingress-nginx', 'nginx-ingress')),
  nomad: foreignGo('Nomad', ['nomad_'], product('nomad')),
  nvidia: foreignGo('NVIDIA GPU exporter', ['nvidia_smi_', 'nvidia_gpu_'], named('nvidia-gpu-exporter', 'nvidia-exporter')),
  'opentelemetry-collector': foreignGo('OpenTelemetry Collector', ['otelcol_'], and(named('otel-collector', 'otelcol', 'opentelemetry-collector'), { targets: ['*:8888'] })),
  pgbouncer: foreignGo('PgBouncer exporter', ['pgbouncer_'], named('pgbouncer-exporter', 'pgbouncer')),
  presto: foreign('Presto', ['presto_', 'com_facebook_presto_', 'trino_'], product('presto', 'trino')),
  'process-exporter': foreignGo('Process exporter', ['namedprocess_'], and(named('process-exporter'), { targets: ['*:9256'] })),
  promtail: foreignGo('Promtail', ['promtail_'], product('promtail')),
  'rabbitmq-exporter': foreignGo('RabbitMQ exporter (kbudde)', ['rabbitmq_'], and(named('rabbitmq-exporter'), { targets: ['*:9419'] })),
  'smartctl-exporter': foreignGo('smartctl exporter', ['smartctl_'], named('smartctl-exporter')),
  'snmp-exporter': foreignGo('SNMP exporter', ['snmp_'], and(named('snmp', 'snmp-exporter'), { targets: ['*:9116'] })),
  'statsd-exporter': foreignGo('StatsD exporter', ['statsd_exporter_', 'statsd_metric_'], named('statsd-exporter')),
  tempo: foreignGo('Grafana Tempo', ['tempo_', 'tempodb_', 'traces_spanmetrics_', 'traces_service_graph_'], product('tempo')),
  thanos: foreignGo('Thanos', ['thanos_'], named('thanos')),
  traefik: foreignGo('Traefik', ['traefik_'], product('traefik')),
  vault: foreignGo('Vault', ['vault_'], product('vault')),
  velero: foreignGo('Velero', ['velero_'], product('velero')),
  'victoria-metrics': foreignGo('VictoriaMetrics', ['vm_', 'vmagent_', 'vmalert_', 'vminsert_', 'vmselect_', 'vmstorage_'], named('victoria-metrics', 'vmagent', 'vmalert')),
  'windows-exporter': foreignGo('Windows exporter', ['windows_', 'wmi_'], and(named('windows-exporter', 'wmi-exporter'), { jobs: ['windows'], targets: ['*:9182'] })),
}

export const definitions = { ...applications, ...exporters, ...foreigners }
