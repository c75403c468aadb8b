import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Extraction, SourceTree } from '../../src/extract/types.js'
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

function treeOf(text: string): SourceTree {
  const source = sourceText('src/metrics.ts', text)
  return { paths: [source.path], read: (path) => (path === source.path ? source : undefined) }
}

/** What comes out, and whether the code was followed for it. */
async function extracted(directory: string | undefined, text: string, options = {}): Promise<{ found: readonly Extraction[]; followed: boolean }> {
  let followed = false
  const tree = treeOf(text)
  const found = await cachedExtractions(directory, tree, options, async () => {
    followed = true
    return [await extractTypeScript(tree, options)]
  })
  return { found: JSON.parse(JSON.stringify(found)) as readonly Extraction[], followed }
}

test('the second run follows no code, and finds the same', async () => {
  const directory = folder()
  const { found } = await extracted(undefined, metrics)
  expect(await extracted(directory, metrics)).toEqual({ found, followed: true })
  expect(await extracted(directory, metrics)).toEqual({ found, followed: false })
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
  ['is of another format', (text: string) => text.replace('"format":3', '"format":2')],
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
