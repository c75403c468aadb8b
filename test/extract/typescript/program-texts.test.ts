import { expect, test } from 'vitest'
import { lines } from './tree.js'

test('Python programs in strings declare their metrics, with their places in the host', async () => {
  expect(await lines({
    'worker.ts': `
import { spawn } from 'node:child_process'
const port = Number(process.env.PORT)
const WORKER = \`
import sys
from prometheus_client import Counter, Gauge, start_http_server
done = Counter('worker_done_total', 'Done', ['queue'])
up = Gauge('worker_\${process.env.NAME}_up', 'Up')
start_http_server(\${port})
done.labels('mail').inc()
up.set(1)
\`
spawn('python3', ['-c', WORKER])
spawn('python3', ['-c', [
  'from prometheus_client import Gauge',
  "Gauge('lines_up', 'Up', ['host']).labels('a').set(1)",
].join('\\n')])
`,
    'docs.ts': `export const hint = 'Install prometheus_client, then: from prometheus_client import Counter'`,
    'worker.test.ts': "const program = `from prometheus_client import Gauge\nGauge('only_in_tests', 'T')`",
  })).toEqual([
    'counter worker_done_total{queue=mail} yes worker.ts:7:16',
    'gauge worker_*_up{} yes worker.ts:8:12 // part of the name is filled in at run time',
    'gauge lines_up{host=a} yes worker.ts:16:10',
  ])
})
