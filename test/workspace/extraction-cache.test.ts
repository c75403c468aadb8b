import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Extraction, SourceTree } from '../../src/extract/types.js'
import { answering } from '../../src/extract/question.js'
import { extractPython } from '../../src/extract/python/index.js'
import { extractTypeScript } from '../../src/extract/typescript/index.js'
import { sourceText } from '../../src/text/source.js'
import { cachedExtractions } from '../../src/workspace/extraction-cache.js'

const metrics = `import { Counter, Gauge, Histogram } from 'prom-client'
export const done = new Counter({ name: 'jobs_done_total', help: 'Done', labelNames: ['kind'] })
export const took = new Histogram({ name: 'jobs_seconds', help: 'Took', buckets: [1, 5, Infinity] })
export const waiting = new Gauge({ name: 'jobs_waiting', help: 'Wait' })
done.inc({ kind: 'index' })
waiting.set(3)
`

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'ml-dash-lint-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

function treeOf(files: Readonly<Record<string, string>>): SourceTree {
  const sources = new Map(Object.entries(files).map(([path, text]) => [path, sourceText(path, text)]))
  return answering({ paths: [...sources.keys()].sort(), read: (path) => sources.get(path) })
}

/** What comes out, and whether the code was followed for it. */
function extracted(directory: string | undefined, text: string, options = {}): Promise<{ found: readonly Extraction[]; followed: boolean }> {
  return extractedFrom(directory, { 'src/metrics.ts': text }, options)
}

async function extractedFrom(
  directory: string | undefined, files: Readonly<Record<string, string>>, options = {},
): Promise<{ found: readonly Extraction[]; followed: boolean }> {
  let followed = false
  const tree = treeOf(files)
  const found = await cachedExtractions(directory, tree, options, async (seen) => {
    followed = true
    return [await extractTypeScript(seen, options), await extractPython(seen, options)]
  })
  return { found: JSON.parse(JSON.stringify(found)) as readonly Extraction[], followed }
}

test('the second run follows no code, and finds the same', async () => {
  const directory = folder()
  const { found } = await extracted(undefined, metrics)
  expect(await extracted(directory, metrics)).toEqual({ found, followed: true })
  expect(await extracted(directory, metrics)).toEqual({ found, followed: false })
})

test('what labels are like is kept', async () => {
  const directory = folder()
  const files = {
    'src/metrics.ts': `${metrics}export const run = (n: number) => done.inc({ kind: \`job \${n}\` })\n`,
    'app.py': 'from prometheus_fastapi_instrumentator import Instrumentator\nInstrumentator(should_group_status_codes=False).instrument(app)\n',
  }
  const { found } = await extractedFrom(directory, files)
  expect(JSON.stringify(found)).toContain('"patterns":[{"parts":["job ",""],"holes":["digits"]}]')
  expect(JSON.stringify(found)).toContain('"known":[{"name":"status"')
  expect(await extractedFrom(directory, files)).toEqual({ found, followed: false })
})

test('another text and other options are another matter', async () => {
  const directory = folder()
  await extracted(directory, metrics)
  expect((await extracted(directory, metrics.replace('index', 'train'))).followed).toBe(true)
  expect((await extracted(directory, metrics, { budget: 2 })).followed).toBe(true)
})

test.each([
  ['is cut off', (text: string) => text.slice(0, text.length / 2)],
  ['is empty', () => ''],
  ['is of another format', (text: string) => text.replace('"format":4', '"format":2')],
  ['points into a file that is not in the workspace', (text: string) => text.replaceAll('src/metrics.ts', '../../etc/passwd')],
  ['points behind the end of a file', (text: string) => text.replace(/"end":\d+/, '"end":99999')],
  ['has keys that nothing here writes', (text: string) => text.replace('{"declarations"', '{"__proto__":{"polluted":true},"declarations"')],
])('a file in the cache that %s does not count', async (_, spoil) => {
  const directory = folder()
  const { found } = await extracted(directory, metrics)
  const [name] = readdirSync(directory)
  const file = join(directory, name!)
  writeFileSync(file, spoil(readFileSync(file, 'utf8')))
  expect(await extracted(directory, metrics)).toEqual({ found, followed: true })
})

const application = {
  'src/metrics.ts': metrics,
  'src/jobs.ts': 'export function run(name: string) { return name.length }\n',
  'app/metrics.py': 'from prometheus_client import Counter\nDONE = Counter("tasks_done", "Done", ["kind"])\n',
  'app/jobs.py': 'def run(name):\n    return len(name)\n',
  'package.json': '{ "name": "application" }\n',
}

test.each([
  ['a function that has nothing to do with metrics', 'src/jobs.ts', 'export function run(name: string) { return name.length + 1 }\n'],
  ['the same in Python', 'app/jobs.py', 'def run(name):\n    return len(name) + 1\n'],
])('what was found holds after a change of %s', async (_, path, text) => {
  const directory = folder()
  const { found } = await extractedFrom(directory, application)
  expect(await extractedFrom(directory, { ...application, [path]: text })).toEqual({ found, followed: false })
})

test.each([
  ['a recording', 'src/jobs.ts', "import { done } from './metrics.js'\nexport const run = (kind: string) => done.inc({ kind })\n"],
  ['a use by name alone', 'src/jobs.ts', 'export const run = (it: any) => it.done.inc({ kind: it.name })\n'],
  ['a new metric', 'src/jobs.ts', "import { Counter } from 'prom-client'\nnew Counter({ name: 'runs_total', help: 'Runs' })\n"],
  ['a program of Python', 'src/jobs.ts', "export const program = `from prometheus_client import Counter\\nCounter('runs', 'Runs')`\n"],
  ['a recording in Python', 'app/jobs.py', 'from app.metrics import DONE\ndef run(name):\n    DONE.labels(kind=name).inc()\n'],
  ['a new metric in Python', 'app/jobs.py', 'from prometheus_client import Gauge\nGauge("waiting", "Waiting")\n'],
  ['how modules are found', 'package.json', '{ "name": "program" }\n'],
])('a change that brings %s is followed, and what comes out is what comes out without a cache', async (_, path, text) => {
  const directory = folder()
  await extractedFrom(directory, application)
  const changed = { ...application, [path]: text }
  const { found } = await extractedFrom(undefined, changed)
  expect(await extractedFrom(directory, changed)).toEqual({ found, followed: true })
})

test('a file that has come or gone is followed', async () => {
  const directory = folder()
  await extractedFrom(directory, application)
  expect((await extractedFrom(directory, { ...application, 'src/other.ts': '' })).followed).toBe(true)
  const { 'src/jobs.ts': gone, ...left } = application
  expect((await extractedFrom(directory, left)).followed, gone).toBe(true)
})

test.each([
  ['asks what nothing asks', (log: string) => log.replaceAll('makes metrics', 'constructor')],
  ['asks what it does not tell', (log: string) => log.replaceAll(/"questions":\[\d/g, '"questions":[999')],
  ['is of too few files', (log: string) => log.replace(/("files":\[)[^}]+\},/, '$1')],
])('a log that %s does not count', async (_, spoil) => {
  const directory = folder()
  await extractedFrom(directory, application)
  const [name] = readdirSync(directory)
  const file = join(directory, name!)
  const [log, extractions] = readFileSync(file, 'utf8').split('\n')
  expect(spoil(log!)).not.toBe(log)
  writeFileSync(file, `${spoil(log!)}\n${extractions}`)
  const changed = { ...application, 'src/jobs.ts': 'export const run = 1\n', 'app/jobs.py': 'run = 1\n' }
  const { found } = await extractedFrom(undefined, changed)
  expect(await extractedFrom(directory, changed)).toEqual({ found, followed: true })
})

test('a cache that cannot be written changes nothing', async () => {
  const file = join(folder(), 'a-file')
  writeFileSync(file, '')
  const { found } = await extracted(undefined, metrics)
  expect(await extracted(file, metrics)).toEqual({ found, followed: true })
})

test('old results are removed', async () => {
  const directory = folder()
  for (let run = 0; run < 15; run++) await extracted(directory, `${metrics}// ${run}\n`)
  expect(readdirSync(directory)).toHaveLength(12)
})
