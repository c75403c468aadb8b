import { expect, test } from 'vitest'
import { dashboardWith, lintLines, producer, prometheusConfig } from './lint-files.js'

const metrics = `from prometheus_client import Counter, Gauge

SENT = Counter("mail_sent_total", "Mails", ["kind", "state"])
FAILED = Counter("mail_failed_total", "Mails that failed", ["kind"])
LIMIT = Gauge("mail_limit_ratio", "Use of the limit", ["kind"])


def sent(kind: str, ok: bool) -> None:
    SENT.labels(kind=kind, state="done" if ok else "lost").inc()
    LIMIT.labels(kind=kind).set(0.5)


def failed(kind: str) -> None:
    FAILED.labels(kind=kind).inc()
`

const lint = (...exprs: string[]) => lintLines('unmatched-vectors', { 'd.json': dashboardWith(...exprs), 'metrics.py': metrics, 'prometheus.yml': prometheusConfig })

test('finds a label that only one side has', async () => {
  expect(await lint(
    'rate(mail_failed_total[5m]) / rate(mail_sent_total[5m])',
    'sum by (kind) (mail_failed_total) / sum(mail_sent_total)',
    'mail_failed_total / ignoring (job) mail_sent_total',
    'mail_sent_total > 10 and mail_limit_ratio > 0.8',
  )).toEqual([
    'd.json:20:48 error «/» This "/" never yields anything: the left side has no label "state" ("mail_failed_total", counter, metrics.py:4), the right side has state = "done" or "lost" ("mail_sent_total", counter, metrics.py:3)',
    'd.json:35:54 error «/» This "/" never yields anything: the left side has the label "kind" ("mail_failed_total", counter, metrics.py:4), the right side has no label "kind": "sum" drops it',
    'd.json:50:38 error «/» This "/" never yields anything: the left side has no label "state" ("mail_failed_total", counter, metrics.py:4), the right side has state = "done" or "lost" ("mail_sent_total", counter, metrics.py:3)',
    'd.json:65:41 error «and» This "and" never yields anything: the left side has state = "done" or "lost" ("mail_sent_total", counter, metrics.py:3), the right side has no label "state" ("mail_limit_ratio", gauge, metrics.py:5)',
  ])
})

test('finds values that the sides do not share', async () => {
  expect(await lint(
    'sum by (state) (mail_sent_total{state="lost"}) / sum by (state) (mail_sent_total{state=~"done|late"})',
    'mail_sent_total{kind="a"} and on (kind) mail_failed_total{kind="b"}',
  )).toEqual([
    'd.json:20:69 error «/» This "/" never yields anything: the left side has state = "lost", the right side has state = "done"',
    'd.json:35:48 error «and» This "and" never yields anything: the left side has kind = "a", the right side has kind = "b"',
  ])
})

test('finds values that what the other side has is never like', async () => {
  const shop = `from prometheus_client import Counter
REQUESTS = Counter("shop_requests_total", "Requests", ["status"])
ANSWERS = Counter("shop_answers_total", "Answers", ["status"])
def record(response, code):
    REQUESTS.labels(response.status_code).inc()
    ANSWERS.labels("none" if code is None else f"{code // 100}xx").inc()
`
  expect(await lintLines('unmatched-vectors', {
    'd.json': dashboardWith('shop_requests_total{status="500"} / on (status) shop_answers_total', 'shop_requests_total / on (status) shop_answers_total{status="none"}', 'shop_requests_total / on (status) shop_answers_total'),
    'metrics.py': shop,
    'prometheus.yml': prometheusConfig,
  })).toEqual([
    'd.json:20:56 error «/» This "/" never yields anything: the left side has status = "500", the right side has a "status" that is "none" or like "*xx" ("shop_answers_total", counter, metrics.py:3)',
    'd.json:35:40 error «/» This "/" never yields anything: the left side has a "status" that is a number ("shop_requests_total", counter, metrics.py:2), the right side has status = "none"',
  ])
})

test('finds an unless that leaves out nothing', async () => {
  expect(await lint(
    'mail_limit_ratio{kind="a"} unless sum(mail_failed_total)',
    'sum by (kind) (mail_limit_ratio) unless sum by (kind) (mail_failed_total)',
    'mail_limit_ratio unless on () sum(mail_failed_total)',
    'mail_limit_ratio unless ignoring (kind, job, instance, tier) sum(mail_failed_total)',
    'mail_limit_ratio{kind="a"} unless (sum(mail_failed_total) or mail_limit_ratio)',
  )).toEqual([
    'd.json:20:49 error «unless» This "unless" leaves out nothing: the left side has kind = "a", the right side has no label "kind": "sum" drops it',
  ])
})

test('tells of an alert that it never fires', async () => {
  expect(await lintLines('unmatched-vectors', {
    'metrics.py': metrics,
    'rules.yml': 'groups:\n  - name: mail\n    rules:\n      - alert: MailFails\n        expr: rate(mail_failed_total[5m]) / rate(mail_sent_total[5m]) > 0.05\n',
  })).toEqual([
    'rules.yml:5:43 error «/» This "/" never yields anything, so the alert never fires: the left side has no label "state" ("mail_failed_total", counter, metrics.py:4), the right side has state = "done" or "lost" ("mail_sent_total", counter, metrics.py:3)',
  ])
})

test('is silent where the sides can match', async () => {
  expect(await lint(
    'sum by (kind) (mail_failed_total) / sum by (kind) (mail_sent_total)',
    'mail_failed_total / ignoring (state) mail_sent_total',
    'mail_sent_total * on (kind) group_left mail_limit_ratio',
    // One branch that matches nothing is no fault of the whole.
    '(mail_failed_total or vector(0)) / on () group_left vector(2)',
    'mail_failed_total or mail_sent_total',
    'mail_failed_total unless ignoring (state) mail_sent_total',
    // Of what other rules tell.
    'mail_failed_total / on (state) mail_sent_total',
    'sum(mail_failed_total) / on (kind) sum by (kind) (mail_sent_total)',
    'elsewhere_total / mail_sent_total',
    'mail_failed_total / $other',
  )).toEqual([])
})

test('is silent where a client may leave out a label', async () => {
  expect(await lintLines('unmatched-vectors', {
    'd.json': dashboardWith('jobs_done_total / ignoring (kind) jobs_duration_seconds_count'), 'src/metrics.ts': producer, 'prometheus.yml': prometheusConfig,
  })).toEqual([])
})
