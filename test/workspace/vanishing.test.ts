import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { discover } from '../../src/workspace/discovery.js'
import { readTextFile } from '../../src/workspace/read-file.js'
import { sourceTree } from '../../src/workspace/sources.js'
import { repository } from '../cli/repository.js'

test('files that vanish after they were found are named, and the others are read', async () => {
  const { path } = repository({ 'a.json': '{}', 'b.json': '{}', 'a.ts': 'a()', 'b.ts': 'b()' })
  const { files } = await discover({ cwd: path, paths: ['.'], ignore: [], ignoreBase: path, include: [] })
  for (const name of ['a.json', 'a.ts']) rmSync(join(path, name))

  const documents = files.filter((file) => file.path.endsWith('.json')).map((file) => readTextFile(file, 1000))
  expect(documents.map(({ source, problem }) => [source.path, source.text, problem?.message])).toEqual([
    ['a.json', '', 'cannot read this file: it is no longer there'],
    ['b.json', '{}', undefined],
  ])
  const sources = sourceTree(files, 1000)
  expect(['a.ts', 'a.ts', 'b.ts'].map((name) => sources.read(name)?.text)).toEqual([undefined, undefined, 'b()'])
  expect(sources.unreadable()).toEqual([{ path: 'a.ts', reported: true, message: 'cannot read this file: it is no longer there' }])
})
