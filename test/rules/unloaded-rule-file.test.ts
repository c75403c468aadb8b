import { expect, test } from 'vitest'
import { rulesFile, stack, stackWith } from './compose-stack.js'
import { lintLines, type Files } from './lint-files.js'

const lint = (files: Files) => lintLines('unloaded-rule-file', files)
const strayed = { 'prometheus/more.yml': rulesFile }

test('a rule file that is mounted, and that rule_files matches, is loaded', async () => {
  expect(await lint(stack)).toEqual([])
})

test('a rule file that no pattern matches', async () => {
  expect(await lint({ ...stack, ...strayed })).toEqual([
    'prometheus/more.yml:1:1 warning «groups» No Prometheus loads this file: in "prometheus" (docker-compose.yml) it is /etc/prometheus/more.yml, which no pattern of rule_files in prometheus/prometheus.yml matches',
  ])
})

test('a rule file that nothing mounts, also where only the configuration is', async () => {
  const message = 'prometheus/rules/jobs.yml:1:1 warning «groups» No Prometheus loads this file: nothing mounts it into "prometheus" (docker-compose.yml)'
  expect(await lint(stackWith('./prometheus:/etc/prometheus:ro', './prometheus/prometheus.yml:/etc/prometheus/prometheus.yml'))).toEqual([message])
  expect(await lint(stackWith('- ./prometheus:/etc/prometheus:ro', '- { type: bind, source: ./prometheus/prometheus.yml, target: /etc/prometheus/prometheus.yml }'))).toEqual([message])
})

test.each<[string, Files]>([
  ['a second server loads it', { ...stack, ...strayed, 'second/docker-compose.yml': 'services:\n  other:\n    image: prom/prometheus\n    volumes: ["./prometheus.yml:/etc/prometheus/prometheus.yml", "../prometheus/more.yml:/rules/a.yml"]\n', 'second/prometheus.yml': 'global: { scrape_interval: 15s }\nrule_files: [/rules/?.yml]\n' }],
  ['it is an example', { ...stack, 'prometheus/more.example.yml': rulesFile, 'examples/alerts.yml': rulesFile }],
  ['it is copied by a script', { ...stack, ...strayed, 'deploy.sh': 'cp prometheus/more.yml /srv\n' }],
  ['the server is built', { ...stackWith('image: prom/prometheus:v3.5.0', 'build: ./prometheus'), ...strayed }],
  ['a Dockerfile builds on the image', { ...stack, ...strayed, 'Dockerfile': 'FROM prom/prometheus\nCOPY . /etc\n' }],
  ['Kubernetes runs it too', { ...stack, ...strayed, 'k8s/deployment.yml': 'kind: Deployment\nspec:\n  containers:\n    - image: prom/prometheus\n' }],
  ['there is a chart', { ...stack, ...strayed, 'chart/Chart.yaml': 'name: stack\n' }],
  ['another ruler runs', { ...stack, ...strayed, 'docker-compose.mimir.yml': 'services:\n  mimir:\n    image: grafana/mimir\n' }],
  ['a mount is not known', { ...stackWith('./prometheus:/etc/prometheus:ro', '${CONFIG}:${TARGET}'), ...strayed }],
  ['a file of Compose adds to the service', { ...stack, ...strayed, 'docker-compose.override.yml': 'services:\n  prometheus:\n    build: .\n' }],
  ['the rules lie in a volume', { ...stackWith('      - prometheus-data:/prometheus\n', '      - prometheus-data:/etc/prometheus/rules\n'), ...strayed }],
  ['a shell starts the server', { ...stackWith("    command:\n      - --config.file=/etc/prometheus/prometheus.yml\n      - --storage.tsdb.retention.time=15d\n", '    command: sh -c "prometheus"\n'), ...strayed }],
  ['the file belongs to another project', { ...Object.fromEntries(Object.entries(stack).map(([path, text]) => [`stack/${path}`, text])), 'other/rules.yml': rulesFile }],
])('nothing is said where %s', async (_, files) => {
  expect(await lint(files)).toEqual([])
})

test('a file that overrides the one of Compose adds to its services', async () => {
  const bare = stackWith('./prometheus:/etc/prometheus:ro', './prometheus/prometheus.yml:/etc/prometheus/prometheus.yml')
  const override = (service: string) => ({ ...bare, 'docker-compose.override.yml': `services:\n  prometheus:\n    ${service}\n` })
  const unloaded = (where: string) => [`prometheus/rules/jobs.yml:1:1 warning «groups» No Prometheus loads this file: nothing mounts it into "prometheus" (${where})`]
  expect(await lint(override("volumes: ['./prometheus/rules:/etc/prometheus/rules']"))).toEqual([])
  expect(await lint(override("environment: { TZ: UTC }"))).toEqual(unloaded('docker-compose.yml with docker-compose.override.yml'))
  // A mount at the same place is instead of the other; without the override file that one counts.
  expect(await lint({ ...stack, 'docker-compose.override.yml': "services:\n  prometheus:\n    volumes: ['./other:/etc/prometheus']\n", 'other/prometheus.yml': stack['prometheus/prometheus.yml']! })).toEqual([])
  // It is not known what such tags leave of it.
  expect(await lint(override('volumes: !reset []'))).toEqual([])
  // Beside a file of another name only the command line tells what it is merged over.
  const { 'docker-compose.yml': compose, ...rest }: Files = override("volumes: ['./prometheus/rules:/etc/prometheus/rules']")
  expect(await lint({ ...rest, 'docker-compose.prod.yml': compose! })).toEqual([])
})

test('what else runs the image is seen beside an override file', async () => {
  const overridden = { ...stack, ...strayed, 'docker-compose.override.yml': 'services:\n  prometheus:\n    ports: ["9090:9090"]\n' }
  expect(await lint(overridden)).toHaveLength(1)
  expect(await lint({ ...overridden, 'docker-compose.override.yml': 'services:\n  prometheus:\n    image: prom/prometheus:v3.6.0\n' })).toHaveLength(1)
  expect(await lint({ ...overridden, 'k8s/deployment.yml': 'kind: Deployment\nspec:\n  containers:\n    - image: prom/prometheus\n' })).toEqual([])
})
