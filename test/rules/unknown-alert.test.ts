import { expect, test } from 'vitest'
import { dashboardWith, lintLines } from './lint-files.js'

const alerts = 'groups:\n  - name: jobs\n    rules:\n      - alert: JobsStuck\n        expr: up == 0\n      - alert: JobsSlow\n        expr: up == 0\n'

test('finds names in selectors of ALERTS, alone and in lists', async () => {
  expect(await lintLines('unknown-alert', {
    'alerts.yml': alerts,
    'jobs.json': dashboardWith('ALERTS{alertname="JobsStuck"}', 'ALERTS{alertname="JobStuck"}', 'ALERTS_FOR_STATE{alertname=~"JobsSlow|JobsGone"}', 'ALERTS{alertname=~"Jobs.*"}', 'ALERTS{alertname="$alert"}'),
  })).toEqual([
    'jobs.json:35:39 error «JobStuck» No rule file defines an alert "JobStuck". Did you mean "JobsStuck"?',
    'jobs.json:50:59 warning «JobsGone» No rule file defines an alert "JobsGone".',
  ])
})

test('finds names in annotations and alert lists, where part of a name is enough', async () => {
  const dashboard = {
    ...dashboardWith(),
    panels: [
      { id: 1, type: 'alertlist', title: 'Firing', options: { alertName: 'jobs' } },
      { id: 2, type: 'alertlist', title: 'Gone', options: { alertName: 'Queues' } },
    ],
    annotations: { list: [{ name: 'Stuck', datasource: { type: 'prometheus', uid: 'p' }, expr: 'ALERTS{alertname="JobsStopped"}' }] },
  }
  expect(await lintLines('unknown-alert', { 'alerts.yml': alerts, 'jobs.json': dashboard })).toEqual([
    'jobs.json:22:23 warning «Queues» No rule file defines an alert "Queues".',
    'jobs.json:37:37 warning «JobsStopped» No rule file defines an alert "JobsStopped".',
  ])
})

test('does not take the alert that asks for another for that', async () => {
  const asking = 'groups:\n  - name: seeds\n    rules:\n      - alert: SeedPodStuckInPending\n        expr: ALERTS{alertname="PodStuckInPending"}\n'
  expect(await lintLines('unknown-alert', { 'alerts.yml': alerts, 'seeds.yml': asking })).toEqual([
    'seeds.yml:5:33 warning «PodStuckInPending» No rule file defines an alert "PodStuckInPending".',
  ])
})

test('is silent where no rule file is at hand', async () => {
  expect(await lintLines('unknown-alert', { 'jobs.json': dashboardWith('ALERTS{alertname="JobsStuck"}') })).toEqual([])
})

test('is sure where a Prometheus at hand loads the rules', async () => {
  const files = (more: string) => ({ 'alerts.yml': alerts, 'prometheus.yml': `rule_files: [alerts.yml]\n${more}`, 'jobs.json': dashboardWith('ALERTS{alertname="QueueFull"}') })
  expect(await lintLines('unknown-alert', files(''))).toEqual([expect.stringMatching(/ error «QueueFull»/)])
  expect(await lintLines('unknown-alert', files('remote_read: [{ url: "http://store/read" }]\n'))).toEqual([expect.stringMatching(/ warning «QueueFull»/)])
})
