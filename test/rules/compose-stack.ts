import { dashboardWith, type Files } from './lint-files.js'

export const rulesFile = 'groups:\n  - name: jobs\n    rules:\n      - alert: Down\n        expr: up == 0\n'
export const datasourcesFile = 'apiVersion: 1\ndatasources:\n  - { name: Prometheus, uid: prometheus, type: prometheus, url: http://prometheus:9090, access: proxy }\n'
export const providersFile = (path: string) => `apiVersion: 1\nproviders:\n  - { name: default, type: file, options: { path: ${path} } }\n`

/** A stack that Compose starts, in which everything is mounted where it is read. */
export const stack: Files = {
  'docker-compose.yml': `services:
  prometheus:
    image: prom/prometheus:v3.5.0
    command:
      - --config.file=/etc/prometheus/prometheus.yml
      - --storage.tsdb.retention.time=15d
    volumes:
      - ./prometheus:/etc/prometheus:ro
      - prometheus-data:/prometheus
  grafana:
    image: grafana/grafana:12.1.0
    volumes:
      - ./grafana/provisioning:/etc/grafana/provisioning
      - ./grafana/dashboards:/dashboards:ro
      - grafana-data:/var/lib/grafana
volumes: { prometheus-data: {}, grafana-data: {} }
`,
  'prometheus/prometheus.yml': 'global: { scrape_interval: 15s }\nrule_files: [rules/*.yml]\nscrape_configs:\n  - job_name: prometheus\n    static_configs: [{ targets: [\'localhost:9090\'] }]\n',
  'prometheus/rules/jobs.yml': rulesFile,
  'grafana/provisioning/datasources/prometheus.yml': datasourcesFile,
  'grafana/provisioning/dashboards/default.yml': providersFile('/dashboards'),
  'grafana/dashboards/jobs.json': dashboardWith('up'),
}

/** The stack with a text of its Compose file replaced. */
export function stackWith(from: string, to: string): Files {
  const compose = stack['docker-compose.yml'] as string
  if (!compose.includes(from)) throw new Error(`the stack has no "${from}"`)
  return { ...stack, 'docker-compose.yml': compose.replace(from, to) }
}
