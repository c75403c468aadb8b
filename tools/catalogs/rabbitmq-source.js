/**
 * Lists the metrics that RabbitMQ's source declares, as descriptors (merge.js) on standard output:
 *
 *   node tools/catalogs/rabbitmq-source.js CHECKOUT TAG
 *
 * Reads the tables of deps/rabbitmq_prometheus and the global counters. Raft metrics are not in them: they come from
 * the fields of the `ra` library.
 */
import { execFileSync } from 'node:child_process'

const [checkout, tag] = process.argv.slice(2)
const read = (path) => execFileSync('git', ['-C', checkout, 'show', `${tag}:${path}`], { encoding: 'utf8', maxBuffer: 1 << 26 })

const collectors = 'deps/rabbitmq_prometheus/src/collectors/prometheus_rabbitmq'
const core = `${collectors}_core_metrics_collector.erl`
const [raw, cluster] = read(core).split('-define(METRICS_CLUSTER')

/** `{2, ?MILLISECOND, erlang_uptime_seconds, gauge, "Node uptime", uptime}` */
const rowPattern = /\{\d+, [?\w]+, (?<name>\w+), (?<type>gauge|counter|boolean), "(?<help>[^"]*)"/g
/** `{connection_created, connections, gauge, "Connections currently open"}` */
const totalPattern = /\{\w+, (?<name>\w+), (?<type>gauge), "(?<help>[^"]*)"\}/g
/** `?METRIC_NAME(<<"links">>), "help", gauge` and `?METRIC_NAME(links), …` */
const namedPattern = /\?METRIC_NAME\((?:<<)?"?(?<name>[a-z]\w+)"?(?:>>)?\),\s*(?:<<)?"(?<help>[^"]*)"(?:>>)?,\s*(?<type>\w+)/g
/** `{messages_received_total, ?MESSAGES_RECEIVED, counter, "…"}` */
const counterPattern = /\{\s*(?<name>[a-z]\w+), \?\w+, (?<type>counter|gauge),\s*"(?<help>[^"]*)"/g
/** `{unreachable_cluster_peers_count, gauge, "…"}` */
const dynamicPattern = /\{(?<name>[a-z]\w+), (?<type>gauge|counter),\s*"(?<help>[^"]*)"/g

const rows = (text, prefixes, pattern) =>
  [...text.matchAll(pattern)].flatMap(({ groups }) =>
    prefixes.map((prefix) => ({ name: prefix + groups.name, type: groups.type === 'boolean' ? 'untyped' : groups.type, help: groups.help })),
  )
const [clusterOnly, memory = ''] = cluster.split('-define(METRICS_MEMORY_BREAKDOWN')

const descriptors = [
  ...rows(raw, ['rabbitmq_', 'rabbitmq_detailed_'], rowPattern),
  ...rows(clusterOnly, ['rabbitmq_cluster_'], rowPattern),
  ...rows(memory, ['rabbitmq_'], rowPattern),
  ...rows(memory, ['rabbitmq_'], totalPattern),
  ...rows(read(`${collectors}_alarm_metrics_collector.erl`), ['rabbitmq_alarms_'], namedPattern),
  ...rows(read(`${collectors}_dynamic_collector.erl`), ['rabbitmq_'], dynamicPattern),
  ...rows(read('deps/rabbit/src/rabbit_global_counters.erl'), ['rabbitmq_global_'], counterPattern),
  ...rows(read('deps/rabbitmq_stream/include/rabbit_stream_metrics.hrl'), ['rabbitmq_global_'], counterPattern),
  { name: 'rabbitmq_queue_info', type: 'gauge', labels: ['vhost', 'queue', 'queue_type', 'membership'] },
  { name: 'rabbitmq_detailed_queue_info', type: 'gauge', labels: ['vhost', 'queue', 'queue_type', 'membership'] },
  { name: 'rabbitmq_message_size_bytes', type: 'histogram', labels: ['protocol'] },
  ...rows(read('deps/rabbitmq_federation_prometheus/src/rabbit_federation_prometheus_collector.erl'), [''], dynamicPattern),
  ...rows(read('deps/rabbitmq_shovel_prometheus/src/rabbit_shovel_prometheus_collector.erl'), [''], dynamicPattern),
]
console.log(JSON.stringify(descriptors))
