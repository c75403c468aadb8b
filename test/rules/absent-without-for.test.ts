import { expect, test } from 'vitest'
import { lintLines } from './lint-files.js'

const file = (...alerts: readonly object[]) => `groups:\n  - name: g\n    rules:\n${alerts.map((alert, i) => `      - ${JSON.stringify({ alert: `A${i}`, ...alert })}\n`).join('')}`
const config = 'rule_files: [rules.yml]\nscrape_configs:\n  - { job_name: app, scrape_interval: 30s, static_configs: [{ targets: ["app:1"] }] }\n  - { job_name: slow, scrape_interval: 2m, static_configs: [{ targets: ["slow:1"] }] }\n'

test('reports absent() without "for"', async () => {
  expect(await lintLines('absent-without-for', { 'rules.yml': file(
    { expr: 'absent(jobs_queued)' },
    { expr: 'absent(up{job="app"}) == 1', for: '0s' },
    { expr: 'up == 0 or (absent(jobs_queued) and on () vector(1))' },
  ) })).toEqual([
    'rules.yml:4:31 warning «absent» One scrape that fails, or a Prometheus that starts, makes this true until the next scrape, and the alert has no "for": let it wait for two scrapes',
    'rules.yml:5:31 warning «absent» A Prometheus that starts makes this true until the next scrape, and the alert waits for 0s only: let it wait for two scrapes',
    'rules.yml:6:43 warning «absent» One scrape that fails, or a Prometheus that starts, makes this true until the next scrape, and the alert has no "for": let it wait for two scrapes',
  ])
})

test('knows how often the configuration that loads the rules scrapes', async () => {
  expect(await lintLines('absent-without-for', { 'prometheus.yml': config, 'rules.yml': file(
    { expr: 'absent(jobs_queued)', for: '59s' }, { expr: 'absent(jobs_queued)', for: '1m' },
  ) })).toEqual([
    'rules.yml:4:31 warning «absent» One scrape that fails, or a Prometheus that starts, makes this true until the next scrape, and the alert waits for 59s only: let it wait for two scrapes, 1m',
  ])
})

test('says nothing of alerts that wait, of ranges, and of absent() that is no result', async () => {
  expect(await lintLines('absent-without-for', { 'rules.yml': file(
    { expr: 'absent(jobs_queued)', for: '10s' },
    { expr: 'absent_over_time(jobs_queued[5m])' },
    { expr: 'jobs_queued > 3 unless on () absent(up)' },
    { expr: 'count(absent(jobs_queued)) > 1' },
  ) })).toEqual([])
})
