import { expect, test } from 'vitest'
import { extractEmbeddedPrograms } from '../../../src/extract/python/program/embedded-programs.js'
import { familiesOf } from '../../../src/extract/families.js'
import { sourceText } from '../../../src/text/source.js'
import { extracted } from './workspace.js'

test('a program in a string, with its places in the host', async () => {
  expect(await extracted({
    'spawn.py': `
import subprocess, sys, textwrap
WORKER = '''\\
import sys
from prometheus_client import Counter, push_to_gateway
done = Counter('worker_done_total', 'Done', ['queue'])
done.labels(sys.argv[1]).inc()
done.labels('mail').inc()
'''
def start():
    subprocess.run([sys.executable, '-c', WORKER])
    subprocess.run([sys.executable, '-c', textwrap.dedent("""
        from prometheus_client import Gauge
        if True:
            Gauge('worker_up', 'Up').set(1)
    """)])
`,
    'lines.py': `
import os
PORT = 9000
code = '\\n'.join([
    'import prometheus_client',
    'g = prometheus_client.Gauge("lines_up", "Up", ["host"])',
    'g.labels("a").set(1)',
])
other = ("from prometheus_client import Counter\\n"
         "c = Counter('parts_total', 'Parts')\\n"
         f"c.inc({PORT})\\n")
named = f'''
from prometheus_client import Gauge
Gauge('named_{os.environ["NAME"]}_up', 'Up').set(len({{1, 2}}))
'''
`,
  })).toEqual([
    'lines.py:6:34 gauge lines_up {host=a} yes',
    'lines.py:10:23 counter parts_total {} yes',
    'lines.py:14:7 gauge named_*_up {} yes',
    'spawn.py:6:16 counter worker_done_total {queue=mail|…} yes',
    'spawn.py:15:19 gauge worker_up {} yes',
  ])
})

test('what is no program declares nothing', async () => {
  expect(await extracted({
    'docs.py': `
"""
from prometheus_client import Counter
Counter('docs_example_total', 'Example')
"""
HELP = '''Write for example

    from prometheus_client import Counter
    Counter('help_example_total', 'Example')
'''
`,
  })).toEqual([])
})

test('a program in a template literal', async () => {
  const source = sourceText('worker.ts', `
const script = \`
  from prometheus_client import Counter
  jobs = Counter("\${prefix}_jobs_total", "Jobs", ["queue"])
  jobs.labels(queue="\${queue}").inc()
\`
`)
  const start = source.text.indexOf('`') + 1
  const holes = [...source.text.matchAll(/\$\{\w+\}/g)].map(({ index, 0: hole }) => ({ start: index, end: index + hole.length }))
  const { declarations } = await extractEmbeddedPrograms([{ source, pieces: [{ span: { start, end: source.text.lastIndexOf('`') }, holes }] }])
  expect(familiesOf(declarations).patterns).toMatchObject([
    { name: { parts: ['', '_jobs_total'] }, labels: [{ name: 'queue', values: [], open: true }], recorded: 'yes' },
  ])
  expect(source.rangeOf(declarations[0]!.place.span)).toEqual({ start: { line: 4, column: 18 }, end: { line: 4, column: 40 } })
})
