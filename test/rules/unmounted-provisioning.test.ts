import { expect, test } from 'vitest'
import { datasourcesFile, providersFile, stack, stackWith } from './compose-stack.js'
import { dashboardWith, lintLines, type Files } from './lint-files.js'

const lint = (files: Files) => lintLines('unmounted-provisioning', files)

test('what is mounted where Grafana reads it is in order', async () => {
  expect(await lint(stack)).toEqual([])
  expect(await lint(stackWith('      - ./grafana/provisioning:/etc/grafana/provisioning\n', '      - ./grafana/provisioning:/config/\n    environment: [GF_PATHS_PROVISIONING=/config]\n'))).toEqual([])
})

test('a tree that nothing mounts', async () => {
  expect(await lint(stackWith('      - ./grafana/provisioning:/etc/grafana/provisioning\n', ''))).toEqual([
    'grafana/provisioning/dashboards/default.yml:2:1 warning «providers» No Grafana reads this file: nothing mounts it into "grafana" (docker-compose.yml), and Grafana reads /etc/grafana/provisioning/dashboards',
    'grafana/provisioning/datasources/prometheus.yml:2:1 warning «datasources» No Grafana reads this file: nothing mounts it into "grafana" (docker-compose.yml), and Grafana reads /etc/grafana/provisioning/datasources',
  ])
})

test('a tree that an override file mounts', async () => {
  const bare = stackWith('      - ./grafana/provisioning:/etc/grafana/provisioning\n', '')
  const override = (volume: string) => ({ ...bare, 'docker-compose.override.yml': `services:\n  grafana:\n    volumes: ['${volume}']\n` })
  expect(await lint(override('./grafana/provisioning:/etc/grafana/provisioning'))).toEqual([])
  const where = 'No Grafana reads this file: nothing mounts it into "grafana" (docker-compose.yml with docker-compose.override.yml), and Grafana reads /etc/grafana/provisioning'
  expect(await lint(override('./grafana/other:/other'))).toEqual([
    `grafana/provisioning/dashboards/default.yml:2:1 warning «providers» ${where}/dashboards`,
    `grafana/provisioning/datasources/prometheus.yml:2:1 warning «datasources» ${where}/datasources`,
  ])
})

test('a tree that is mounted somewhere else', async () => {
  expect(await lint(stackWith('provisioning:/etc/grafana/provisioning', 'provisioning/datasources:/etc/grafana/datasources'))).toEqual([
    'grafana/provisioning/dashboards/default.yml:2:1 warning «providers» No Grafana reads this file: nothing mounts it into "grafana" (docker-compose.yml), and Grafana reads /etc/grafana/provisioning/dashboards',
    'grafana/provisioning/datasources/prometheus.yml:2:1 warning «datasources» No Grafana reads this file: in "grafana" (docker-compose.yml) it is /etc/grafana/datasources/prometheus.yml, and Grafana reads /etc/grafana/provisioning/datasources',
  ])
})

test('a file in a folder too deep', async () => {
  expect(await lint({ ...stack, 'grafana/provisioning/datasources/more/loki.yml': datasourcesFile.replaceAll('rometheus', 'roxy') })).toEqual([
    'grafana/provisioning/datasources/more/loki.yml:2:1 warning «datasources» No Grafana reads this file: in "grafana" (docker-compose.yml) it is /etc/grafana/provisioning/datasources/more/loki.yml, and Grafana reads /etc/grafana/provisioning/datasources',
  ])
})

test('dashboards that no provider reaches', async () => {
  expect(await lint({ ...stack, 'grafana/provisioning/dashboards/default.yml': providersFile('/var/lib/dashboards/') })).toEqual([
    'grafana/dashboards/jobs.json:3:12 warning «"Jobs"» No dashboard provider reaches this folder: in "grafana" (docker-compose.yml) it is /dashboards, and providers read /var/lib/dashboards',
  ])
})

test.each<[string, Files]>([
  ['the dashboards are not mounted: they may be imported by hand', { ...stack, 'examples/other.json': dashboardWith('up') }],
  ['a provider reads a folder that is not known', { ...stack, 'grafana/provisioning/dashboards/default.yml': providersFile('$DASHBOARDS') }],
  ['a volume hides the folder', stackWith('./grafana/provisioning:/etc/grafana/provisioning', 'grafana-data:/etc/grafana')],
  ['the image is built', { ...stackWith('./grafana/provisioning:/etc/grafana/provisioning', './x:/x'), 'grafana/Dockerfile': 'FROM grafana/grafana\nCOPY provisioning /etc/grafana/provisioning\n' }],
  ['it is an example', { ...stack, 'grafana/examples/datasources/loki.yml': datasourcesFile }],
  ['a script copies it', { ...stackWith('./grafana/provisioning:/etc/grafana/provisioning', './x:/x'), 'up.sh': 'cp -r provisioning/dashboards provisioning/datasources /srv\n' }],
  ['environment files may tell another folder', stackWith('      - ./grafana/provisioning:/etc/grafana/provisioning\n', '      - ./x:/x\n    env_file: .env\n')],
])('nothing is said where %s', async (_, files) => {
  expect(await lint(files)).toEqual([])
})
