import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { configProblems } from '../../src/prometheus/config-problems.js'
import { schemaProblems } from '../../src/text/schema-check.js'
import { sourceText } from '../../src/text/source.js'
import { parseYaml } from '../../src/text/yaml.js'

/** What the schema and `configProblems` say of a configuration, but for warnings. */
function refusals(text: string): string[] {
  const document = parseYaml(sourceText('prometheus.yml', text))[0]!
  return [
    ...document.problems.map(({ message }) => message),
    ...schemaProblems('prometheus', document).map(({ message }) => message),
    ...configProblems(document).filter(({ severity }) => severity === undefined).map(({ message }) => message),
  ]
}

const job = (lines: string) => `scrape_configs:\n- job_name: app\n  ${lines.replaceAll('\n', '\n  ')}\n`
const relabel = (step: string) => job(`relabel_configs:\n- ${step}`)
const write = (lines: string) => `remote_write:\n- url: http://mimir/api/v1/push\n  ${lines.replaceAll('\n', '\n  ')}\n`

/** promtool 2.42 takes these too. */
const taken = [
  'global:\n',
  'global: { scrape_interval: 15s, scrape_timeout: 15s, evaluation_interval: 1m, external_labels: { a: 1 }, query_log_file: q.log }\n',
  'rule_files: ["rules/*.yml", a.yml]\nscrape_configs:\n- job_name: a\n- job_name: b\n',
  job('scrape_interval: 5s'),
  job('scrape_interval: 2m\nscrape_timeout: 90s'),
  job('scrape_interval: 0s\nscrape_timeout: 1m'),
  job('honor_labels: yes\nhonor_timestamps: off\nsample_limit: 100\ntarget_limit: 1.0\nbody_size_limit: 1.5GiB\nparams: { module: [http_2xx] }'),
  job('basic_auth: { username: a, password: 1 }\ntls_config: { ca_file: a, cert_file: b, key_file: c, min_version: TLS12 }\nfollow_redirects: false\nproxy_url: http://proxy'),
  job('authorization: { credentials: a }'),
  job('bearer_token: a\nbasic_auth:'),
  job('body_size_limit: 0'),
  job('body_size_limit: 10MB'),
  job('oauth2: { client_id: a, client_secret: b, token_url: "http://x", scopes: [a], endpoint_params: { a: b }, tls_config: { insecure_skip_verify: true } }'),
  job('static_configs: [{ targets: ["a:1", b], labels: { c: 1 } }]'),
  job('static_configs: [{ targets: ["http://a/b"] }]\nrelabel_configs:\n- { source_labels: [__address__], target_label: __param_target }\n- { target_label: __address__, replacement: "blackbox:9115" }'),
  job('file_sd_configs: [{ files: ["targets/*.json"], refresh_interval: 1m }]'),
  job('dns_sd_configs: [{ names: [a], type: A, port: 9100 }]\nec2_sd_configs: [{ region: eu-west-1, filters: [{ name: a, values: [b] }] }]'),
  job('docker_sd_configs: [{ host: "unix:///var/run/docker.sock", filters: [{ name: a, values: [b] }] }]\nhttp_sd_configs: [{ url: "http://x/sd" }]'),
  job('gce_sd_configs: [{ project: a, zone: b }]\nazure_sd_configs: [{ subscription_id: a, tenant_id: b, client_id: c, client_secret: d }]'),
  relabel('{ source_labels: [a], regex: "(.+)-\\\\d+", target_label: b, replacement: "${1}", separator: "" }'),
  relabel('{ action: labelmap, regex: "__meta_(.+)" }'),
  relabel('{ action: LabelDrop, regex: a }'),
  relabel('{ action: hashmod, source_labels: [a], modulus: 3, target_label: b }'),
  relabel('{ action: keep, source_labels: [a], regex: yes }'),
  relabel('{ action: keepequal, source_labels: [a], target_label: b }'),
  relabel('{ action: lowercase, source_labels: [a], target_label: b }'),
  write('name: a\nqueue_config: { capacity: 100, max_shards: 2, retry_on_http_429: true }\nmetadata_config: { send: false }\nsend_exemplars: true\nheaders: { X-Scope-OrgID: a }'),
  write('sigv4: { region: a }\nwrite_relabel_configs: [{ action: drop, source_labels: [a], regex: b }]'),
  'remote_read:\n- { url: "https://x/read", read_recent: true, required_matchers: { a: b }, filter_external_labels: false }\n',
  'alerting:\n  alert_relabel_configs: [{ action: labeldrop, regex: a }]\n  alertmanagers:\n  - { scheme: https, path_prefix: /a, timeout: 5s, api_version: v2, static_configs: [{ targets: ["a:9093"] }] }\n',
  'storage: { tsdb: { out_of_order_time_window: 30m }, exemplars: { max_exemplars: 10 } }\ntracing: { endpoint: "a:4317", sampling_fraction: 0.5, client_type: grpc, compression: gzip }\n',
]

/** Keys that came after promtool 2.42 or have gone before it, and discovery that Debian builds it without. */
const takenByOtherVersions = [
  job('kubernetes_sd_configs: [{ role: pod, namespaces: { names: [a], own_namespace: true }, selectors: [{ role: pod, label: a=b }], attach_metadata: { node: true } }]'),
  job('consul_sd_configs: [{ server: "consul:8500", services: [a], tags: [b], node_meta: { a: b } }]'),
  'global: { metric_name_validation_scheme: legacy, scrape_protocols: [PrometheusProto, OpenMetricsText1.0.0], scrape_native_histograms: true, rule_query_offset: 1m, extra_scrape_metrics: true }\n',
  'runtime: { gogc: 50 }\nscrape_config_files: ["jobs/*.yml"]\notlp: { promote_resource_attributes: [service.name], translation_strategy: NoTranslation }\n',
  'storage: { tsdb: { retention: { time: 15d, size: 10GB } } }\n',
  job('fallback_scrape_protocol: PrometheusText0.0.4\nalways_scrape_classic_histograms: true\nhttp_headers: { X-A: { values: [b] } }\nno_proxy: a\nproxy_url: http://b'),
  job('scrape_classic_histograms: true\nnative_histogram_bucket_limit: 100\nkeep_dropped_targets: 10\ntrack_timestamps_staleness: true'),
  write('protobuf_message: io.prometheus.write.v2.Request\nazuread: { cloud: AzurePublic, managed_identity: { client_id: a } }\nround_robin_dns: true'),
  write('google_iam: { credentials_file: a }'),
  relabel('{ target_label: "http.method", replacement: a }'),
  job('stackit_sd_configs: [{ project: a }]\naws_sd_configs: [{ role: ec2, region: a }]\nscaleway_sd_configs: [{ role: instance, project_id: a, access_key: b, secret_key: c }]'),
]

/** What is filled in before Prometheus reads it. */
const filledIn = [
  'global: { scrape_interval: "${INTERVAL}", scrape_timeout: "{{ timeout }}" }\n',
  job('scrape_interval: ${INTERVAL}\nscrape_timeout: 5m\nsample_limit: ${LIMIT}\nhonor_labels: ${HONOR}\nstatic_configs: [{ targets: ["${URL}/metrics"] }]'),
  'scrape_configs:\n- job_name: "{{ name }}"\n- job_name: "{{ name }}"\nremote_write: [{ url: "${REMOTE_URL}" }]\nrule_files: ["${RULES}/**/*.yml"]\n',
]

const refused: readonly (readonly [text: string, ...messages: string[]])[] = [
  ['global: { scrape_intervall: 15s }\n', 'unknown key "scrape_intervall" in "global". Did you mean "scrape_interval"?'],
  ['scrape_config: []\n', 'unknown key "scrape_config" in this file. Did you mean "scrape_configs"?'],
  [job('static_config: []'), 'unknown key "static_config" in "scrape_configs[0]". Did you mean "static_configs"?'],
  [job('basic_auth: { user: a }'), 'unknown key "user" in "basic_auth". Did you mean "username"?'],
  [job('tls_config: { insecure_skip_tls_verify: true }'), 'unknown key "insecure_skip_tls_verify" in "tls_config". Did you mean "insecure_skip_verify"?'],
  [job('sample_limit: many'), '"sample_limit" must be a whole number of 0 or more'],
  [job('honor_labels: maybe'), '"honor_labels" must be true or false'],
  [job('body_size_limit: 100'), '"body_size_limit" must be a size such as "10MB"'],
  [job('body_size_limit: 10 apples'), '"body_size_limit" must be a size such as "10MB"'],
  [job('params: { module: http_2xx }'), '"module" must be a list or null, not a string'],
  [relabel('{ source_label: [a], target_label: b }'), 'unknown key "source_label" in "relabel_configs[0]". Did you mean "source_labels"?'],
  ['scrape_configs:\n- job_name: app\n- job_name: app\n', '"app" is already the name on line 2: Prometheus takes no two scrape jobs of one name'],
  ['global: { scrape_interval: 10s, scrape_timeout: 20s }\n', 'The timeout of a scrape, 20s, is longer than the time between two, 10s'],
  ['global: { scrape_timeout: 2m }\n', 'The timeout of a scrape, 2m, is longer than the time between two, 1m by default'],
  [job('scrape_timeout: 2m'), 'The timeout of a scrape, 2m, is longer than the time between two, 1m by default'],
  [job('scrape_interval: 5s\nscrape_timeout: 10s'), 'The timeout of a scrape, 10s, is longer than the time between two, 5s'],
  [`global: { scrape_interval: 15s }\n${job('scrape_timeout: 30s')}`, 'The timeout of a scrape, 30s, is longer than the time between two, 15s in "global"'],
  [relabel('{ source_labels: [a] }'), 'The action "replace" needs a "target_label"'],
  [relabel('{ source_labels: [a], action: hashmod, target_label: b }'), 'The action "hashmod" needs a "modulus"'],
  [relabel('{ source_labels: [a], action: lowercase }'), 'The action "lowercase" needs a "target_label"'],
  [relabel('{ source_labels: [a], action: uppercase, target_label: b, replacement: c }'), 'The action "uppercase" takes no "replacement"'],
  [relabel('{ source_labels: [a], action: dropequal }'), 'The action "dropequal" needs a "target_label"'],
  [relabel('{ source_labels: [a], action: dropequal, target_label: b, regex: c }'), 'The action "dropequal" takes "source_labels" and "target_label" and no "regex"'],
  [relabel('{ source_labels: [a], action: labeldrop, regex: b }'), 'The action "labeldrop" takes "regex" and no "source_labels"'],
  [relabel('{ action: labelmap, regex: a, replacement: "" }'), 'The action "labelmap" needs a "replacement" that names a label'],
  [relabel('{ source_labels: [a], action: keep, regex: "(" }'), 'Prometheus cannot compile this pattern: error parsing regexp: missing closing ): `(`'],
  [relabel('{ source_labels: [a], action: keep, regex: "(?!a)" }'), 'Prometheus cannot compile this pattern: error parsing regexp: invalid or unsupported Perl syntax: `(?!`'],
  [job('static_configs: [{ targets: ["http://a:1/metrics"] }]'), '"http://a:1/metrics" is no address: a target is "host:port", and "scheme" and "metrics_path" of the job say the rest'],
  [job('static_configs: [{ targets: ["a:1/metrics"] }]\nrelabel_configs: [{ target_label: b, replacement: c }]'), '"a:1/metrics" is no address: a target is "host:port", and "scheme" and "metrics_path" of the job say the rest'],
  ['alerting: { alertmanagers: [{ static_configs: [{ targets: ["http://a:9093"] }] }] }\n', '"http://a:9093" is no address: a target is "host:port", and "scheme" and "metrics_path" of the job say the rest'],
  [job('basic_auth: { username: a }\nbearer_token: b'), '"basic_auth" and "bearer_token" are two ways to authenticate: Prometheus takes one'],
  [job('authorization: { credentials: a }\nbasic_auth: { username: b }'), '"authorization" and "basic_auth" are two ways to authenticate: Prometheus takes one'],
  [job('bearer_token: a\nbearer_token_file: b'), '"bearer_token" and "bearer_token_file" are two ways to authenticate: Prometheus takes one'],
  [job('basic_auth: { username: a, password: b, password_file: c }'), '"password" and "password_file" are two sources of one secret: Prometheus takes one'],
  [job('authorization: { type: Basic, credentials: a }'), '"authorization" cannot be of type "Basic": that is "basic_auth"'],
  [job('oauth2: { client_id: a, client_secret: b }'), '"oauth2" lacks "token_url"'],
  [job('tls_config: { cert_file: a }'), '"cert_file" is half of a pair: the key of this certificate, "key_file", is not given'],
  [job('tls_config: { key_file: a }'), '"key_file" is half of a pair: the certificate of this key, "cert_file", is not given'],
  [job('file_sd_configs: [{ files: [targets.txt] }]'), '"targets.txt" is no name of a file for targets: it ends in .json, .yml or .yaml, with a "*" in its last segment only'],
  [job('file_sd_configs: [{ refresh_interval: 1m }]'), '"file_sd_configs[0]" lacks "files"'],
  ['rule_files: ["rules/**/*.yml"]\n', '"rules/**/*.yml" has a "*" in a folder\'s name: Prometheus takes it in the name of the file only'],
  ['remote_write: [{ name: a }]\n', '"remote_write[0]" lacks "url"'],
  ['remote_write: [{ url: "http://a:port/x" }]\n', '"http://a:port/x" is no URL that Prometheus can send to: "port" is no port'],
  ['remote_write: [{ url: "http://a/%zz" }]\n', '"http://a/%zz" is no URL that Prometheus can send to: "%zz" is no escape'],
  ['remote_write: [{ url: "10.0.0.1:9009/x" }]\n', '"10.0.0.1:9009/x" is no URL that Prometheus can send to: it begins with no "http://" or "https://"'],
  ['remote_write: [{ url: "http://a", name: x }, { url: "http://b", name: x }]\n', '"x" is already the name on line 1: Prometheus takes no two remote_write sections of one name'],
  ['remote_read: [{ url: "http://a", name: x }, { url: "http://b", name: x }]\n', '"x" is already the name on line 1: Prometheus takes no two remote_read sections of one name'],
  [write('sigv4: { region: a }\nbasic_auth: { username: a }'), '"sigv4" and "basic_auth" are two ways to authenticate: Prometheus takes one'],
  [write('headers: { Authorization: a }'), 'The header "Authorization" is what "basic_auth", "authorization" and "oauth2" are for'],
  [write('headers: { Content-Type: a }'), 'The header "Content-Type" is set by Prometheus itself'],
  [write('write_relabel_configs: [{ regex: a }]'), 'The action "replace" needs a "target_label"'],
  ['tracing: { sampling_fraction: 1 }\n', '"tracing" lacks "endpoint"'],
]

const refusedByUsAlone: readonly (readonly [text: string, ...messages: string[]])[] = [
  // Prometheus starts on these, and every request fails.
  ['remote_write: [{ url: "mimir:9009/api/v1/push" }]\n', '"mimir:9009/api/v1/push" is no URL that Prometheus can send to: it begins with no "http://" or "https://"'],
  ['remote_write: [{ url: "" }]\n', '"" is no URL that Prometheus can send to: it is empty'],
  [job('scheme: ftp'), '"scheme" must be one of "http", "https", "", null'],
  // The promtool at hand does not know these keys.
  [job('kubernetes_sd_configs: [{ role: pod, namespace: a }]'), 'unknown key "namespace" in "kubernetes_sd_configs[0]". Did you mean "namespaces"?'],
  [job('kubernetes_sd_configs: [{ role: pods }]'), '"role" must be one of "node", "pod", "service", "endpoints", "endpointslice", "ingress". Did you mean "pod"?'],
  [job('consul_sd_configs: [{ server: a, authorization: { credentials: a }, basic_auth: { username: b } }]'), '"authorization" and "basic_auth" are two ways to authenticate: Prometheus takes one'],
  [job('proxy_from_environment: true\nproxy_url: http://a'), '"proxy_url" and "proxy_from_environment" exclude each other'],
]

describe('a Prometheus configuration', () => {
  test.each([...taken, ...takenByOtherVersions, ...filledIn])('is taken: %j', (text) => {
    expect(refusals(text)).toEqual([])
  })

  test.each([...refused, ...refusedByUsAlone])('is refused: %j', (text, ...messages) => {
    expect(refusals(text)).toEqual(messages)
  })

  test.each([
    ['global: { scrape_interval: 5m }\n', ['global', 'scrape_interval']],
    [job('scrape_interval: 10m'), ['scrape_configs', 0, 'scrape_interval']],
  ])('has a gap between scrapes: %j', (text, path) => {
    const document = parseYaml(sourceText('prometheus.yml', text))[0]!
    expect(configProblems(document)).toEqual([
      { message: 'More than 4m between two scrapes: Prometheus looks back 5m for a sample, and series have gaps', path, severity: 'warning' },
    ])
  })

  const promtool = spawnSync('promtool', ['--version'], { encoding: 'utf8' })
  const isComparable = promtool.error === undefined && promtool.stdout.includes('version 2.42.')
  if (!isComparable) console.log('promtool 2.42 is not installed: its verdicts are not compared')
  test.skipIf(!isComparable)('has the verdict of promtool', () => {
    const directory = mkdtempSync(join(tmpdir(), 'prometheus-config-'))
    try {
      const file = join(directory, 'prometheus.yml')
      const texts = [...taken, ...refused.map(([text]) => text)]
      const verdicts = texts.map((text) => {
        writeFileSync(file, text)
        try {
          execFileSync('promtool', ['check', 'config', '--syntax-only', file], { stdio: 'pipe' })
          return [text, true]
        } catch {
          return [text, false]
        }
      })
      expect(texts.map((text) => [text, refusals(text).length === 0])).toEqual(verdicts)
    } finally {
      rmSync(directory, { recursive: true })
    }
  }, 60_000)
})
