import { expect, test } from 'vitest'
import { extractPython } from '../../../src/extract/python/index.js'
import { extracted, treeOf } from './workspace.js'

test('exposition text in f-strings, line by line', async () => {
  expect(await extracted({
    'metrics.py': `
def render(queues, started):
    """Writes lines such as

    # TYPE example_total counter
    """
    lines = ['# HELP shop_queue_size Waiting jobs.', '# TYPE shop_queue_size gauge']
    for name, size in queues.items():
        lines.append(f'shop_queue_size{{queue="{name}",kind="fifo"}} {size}')
    lines.append('# TYPE shop_up gauge')
    lines.append('shop_up 1')
    lines += ['# TYPE shop_started_seconds gauge', f'shop_started_seconds{labels()} {started}']
    return '\\n'.join(lines)
`,
  })).toEqual([
    'metrics.py:7:22 gauge shop_queue_size {kind=fifo, queue=…} yes',
    'metrics.py:10:26 gauge shop_up {} yes',
    'metrics.py:12:23 gauge shop_started_seconds {…} yes',
  ])
})

test('exposition text as one text, by % and by format', async () => {
  expect(await extracted({
    'one.py': `
def metrics(count, seconds):
    return """
# HELP one_requests_total Requests
# TYPE one_requests_total counter
one_requests_total{code="200"} %d
one_requests_total{code="500"} 0
# TYPE one_seconds histogram
one_seconds_bucket{route="/",le="1"} 3
one_seconds_bucket{route="/",le="+Inf"} 4
one_seconds_sum{route="/"} %s
one_seconds_count{route="/"} 4
""" % (count, seconds)
`,
    'two.py': `
TEMPLATE = '# TYPE two_{name}_bytes gauge\\ntwo_{name}_bytes{{host="{host}"}} {value}\\n'
def metrics(host, value):
    for name in ('used', 'free'):
        print(TEMPLATE.format(name=name, host=host, value=value))
`,
    'three.py': `
def metrics(jobs):
    print("# TYPE three_jobs counter")
    print('three_jobs_total{state="' + jobs.state + '"} ' + str(jobs.count))
    print('# EOF')
`,
  })).toEqual([
    'one.py:4:8 counter one_requests_total {code=200|500} yes',
    'one.py:8:8 histogram one_seconds {route=/} yes',
    'three.py:3:19 counter three_jobs_total {state=…} yes',
    'two.py:2:12 gauge two_free_bytes {host=…} yes',
    'two.py:2:12 gauge two_used_bytes {host=…} yes',
  ])
})

test('a writer of one\'s own, called with names; a name of which part is computed', async () => {
  const files = {
    'writer.py': `
class Writer:
    def __init__(self):
        self.out = []
    def metric(self, name, kind, help, value, **labels):
        self.out.append(f"# HELP {name} {help}")
        self.out.append(f"# TYPE {name} {kind}")
        pairs = ",".join(f'{k}="{v}"' for k, v in labels.items())
        self.out.append(f"{name}{{{pairs}}} {value}")
`,
    'app.py': `
from writer import Writer
def metrics(state, region):
    writer = Writer()
    writer.metric('app_jobs', 'gauge', 'Jobs', state.jobs, queue=state.queue, order='fifo')
    writer.metric('app_errors_total', 'counter', 'Errors', state.errors)
    writer.metric(f'app_{region}_up', 'gauge', 'Up', 1)
`,
  }
  expect(await extracted(files)).toEqual([
    'app.py:5:20 gauge app_jobs {order=fifo|…, queue=…} yes',
    'app.py:6:20 counter app_errors_total {} yes',
    'app.py:7:19 gauge app_*_up {} yes',
  ])
  const { declarations } = await extractPython(treeOf(files))
  expect(declarations.map(({ client, help, reason }) => [client, help, reason])).toEqual([
    ['exposition-text', 'Jobs', undefined],
    ['exposition-text', 'Errors', undefined],
    ['exposition-text', 'Up', 'part of the name is computed at run time'],
  ])
})

test('a client of one\'s own: every metric of its registry, with labels by what may have been kept in it', async () => {
  const files = {
    'metrics.py': `
from collections import defaultdict
class Metric:
    def __init__(self, name, labels=None):
        self.name = name
        self.labels = labels or []
        self.samples = defaultdict(lambda: {"count": 0})
    def key_of(self, given):
        if not self.labels:
            return ()
        return tuple(given.get(label, "") for label in self.labels)
    def inc(self, given=None):
        self.samples[self.key_of(given or {})]["count"] += 1
    def render(self):
        lines = [f"# TYPE {self.name} counter"]
        for key, sample in sorted(self.samples.items()):
            pairs = ""
            if self.labels:
                pairs = ",".join(f'{label}="{value}"' for label, value in zip(self.labels, key))
            lines.append(f"{self.name}{{{pairs}}} {sample['count']}")
        return "\\n".join(lines)
class Registry:
    def __init__(self):
        self.metrics = {}
        ${Array.from({ length: 9 }, (_, index) => `self.register(Metric("app_${index}_total", labels=["kind"]))`).join('\n        ')}
    def register(self, metric):
        self.metrics[metric.name] = metric
    def render(self):
        return "\\n".join(metric.render() for metric in self.metrics.values())
registry = Registry()
`,
    'app.py': `
from metrics import registry
def work(kind):
    registry.metrics["app_0_total"].inc({"kind": "mail"})
    registry.metrics["app_1_total"].inc({"kind": kind})
`,
  }
  const found = await extracted(files)
  expect(found.map((line) => line.replace(/^.* (app_\d_total)/, '$1'))).toEqual([
    'app_0_total {kind=mail|…} yes',
    'app_1_total {kind=|…} yes',
    ...[2, 3, 4, 5, 6, 7, 8].map((index) => `app_${index}_total {…} yes`),
  ])
})

test('what code puts in a text may be something else another time', async () => {
  expect(await extracted({
    'counts.py': `
COUNTS = {"ok": 0}
def render():
    lines = ["# TYPE jobs_total counter", 'up_total{side="left"} 1', "# TYPE up_total counter"]
    for kind, count in COUNTS.items():
        lines.append(f'jobs_total{{kind="{kind}"}} {count}')
    return "\\n".join(lines)
`,
    'other.py': `
import counts
def work(kind):
    counts.COUNTS[kind] = 1
`,
  })).toEqual([
    'counts.py:4:22 counter jobs_total {kind=ok|…} yes',
    'counts.py:4:78 counter up_total {side=left} yes',
  ])
})

test('what reads exposition text declares nothing', async () => {
  expect(await extracted({
    'parser.py': `
import re
def parse(text):
    for line in text.splitlines():
        if line.startswith('# TYPE '):
            _, _, name, kind = line.split()
        elif re.match(r'# HELP (\\S+) (.*)', line):
            continue
def copy(name, kind):
    return f'# TYPE {name} {kind}'
`,
  })).toEqual([])
})

test('samples without a comment of their own, beside those of declared families', async () => {
  expect(await extracted({
    'metrics.py': `
def render(total, telecom, depth, log):
    log('processed 3')
    log(f'waited {depth}')
    return '\\n'.join([
        '# TYPE churn_predictions_total counter',
        f'churn_predictions_total {total}',
        f'churn_predictions_domain_total{{domain="telecom"}} {telecom}',
        f'queue_depth{{kind="fifo"}} {depth}',
        '# TYPE churn_seconds histogram',
        'churn_seconds_bucket{le="+Inf"} 1',
        'churn_seconds_sum 1',
        'churn_seconds_count 1',
        'churn_up 1',
    ])
`,
    'elsewhere.py': `
def sample(depth):
    return f'churn_other {depth}'
`,
  })).toEqual([
    'metrics.py:6:17 counter churn_predictions_total {} yes',
    'metrics.py:8:11 untyped churn_predictions_domain_total {domain=telecom} yes',
    'metrics.py:9:11 untyped queue_depth {kind=fifo} yes',
    'metrics.py:10:17 histogram churn_seconds {} yes',
    'metrics.py:14:10 untyped churn_up {} yes',
  ])
})

test('samples without any comment, in a file that sends the media type of the format', async () => {
  const handler = (mediaType: string) => `
import http.server
class MetricsServer:
    def start(self):
        server = self
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200)
                self.send_header('Content-Type', '${mediaType}')
                output = [
                    f'flink_processed_events_total {server.processed}',
                    f'flink_lag_seconds{{topic="{server.topic}"}} {server.lag}',
                    'flink_up 1',
                    f'window_flush {server.flush} took too long',
                    'retries 3',
                ]
                self.wfile.write('\\n'.join(output).encode())
`
  expect(await extracted({ 'server.py': handler('text/plain; version=0.0.4') })).toEqual([
    'server.py:11:23 untyped flink_processed_events_total {} yes',
    'server.py:12:23 untyped flink_lag_seconds {topic=…} yes',
    'server.py:13:22 untyped flink_up {} yes',
  ])
  expect(await extracted({ 'server.py': handler('text/plain') })).toEqual([])
})

test('texts that are looked for, logged or printed as help are not written', async () => {
  expect(await extracted({
    'check.py': `
import argparse, logging, requests
parser = argparse.ArgumentParser(epilog='''Prints such as

# TYPE example_total counter
example_total 1
''')
def check(url, name):
    body = requests.get(url).text
    assert '# TYPE asserted_total counter' in body
    if f'# TYPE {name}_total counter' not in body or '# TYPE' + ' compared gauge' == body:
        logging.error('no # TYPE logged counter')
        logging.error('# TYPE logged counter')
    return body.count('# TYPE counted_total counter'), body.split('# TYPE split_total counter')
def write(lines, name):
    header = '# TYPE written_total counter'
    if header not in lines:
        lines.append(header)
`,
  })).toEqual(['check.py:16:22 counter written_total {…} yes'])
})
