/**
 * Unpacks the Go sources of the last release of each minor version from a clone that has its tags:
 *
 *   node tools/catalogs/unpack-releases.js CLONE NAME SOURCES [--tags PREFIX] [PATH...]
 *
 * into SOURCES/NAME@vVERSION. PATH... are the folders that are wanted, all by default. Blobs that a partial clone lacks
 * are named on standard error.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'

const { values: { tags: prefix }, positionals: [clone, name, sources, ...paths] } = parseArgs({
  allowPositionals: true,
  options: { tags: { type: 'string', default: '' } },
})
if (!sources) throw new Error('usage: unpack-releases.js CLONE NAME SOURCES [--tags PREFIX] [PATH...]')

const git = (args, input) => execFileSync('git', ['-C', clone, ...args], { input, maxBuffer: 2 ** 31 - 1 })

const newest = new Map()
for (const tag of git(['tag', '--sort=version:refname']).toString().split('\n')) {
  const version = tag.startsWith(prefix) ? /^v?(\d+\.\d+)\.\d+$/.exec(tag.slice(prefix.length)) : null
  if (version) newest.set(version[1], tag)
}
for (const tag of newest.values()) unpack(tag, join(sources, `${name}@v${tag.slice(prefix.length).replace(/^v/, '')}`))

function unpack(tag, directory) {
  const files = git(['ls-tree', '-r', '--full-tree', tag, ...paths])
    .toString()
    .split('\n')
    .map((line) => /^\d+ blob (?<id>\w+)\t(?<path>.*)$/.exec(line)?.groups)
    .filter((file) => file && isSource(file.path))
  const content = git(['cat-file', '--batch'], files.map(({ id }) => `${id}\n`).join(''))
  mkdirSync(directory, { recursive: true })
  let at = 0
  for (const { path } of files) {
    const lineEnd = content.indexOf(0x0a, at)
    const [, kind, size] = content.toString('utf8', at, lineEnd).split(' ')
    at = lineEnd + 1
    if (kind !== 'blob') {
      console.error(`${tag}: ${path} is missing`)
      continue
    }
    mkdirSync(join(directory, dirname(path)), { recursive: true })
    writeFileSync(join(directory, path), content.subarray(at, at + Number(size)))
    at += Number(size) + 1
  }
}

function isSource(path) {
  return path.endsWith('.go') && !path.endsWith('_test.go') && !/(^|\/)(vendor|testdata|node_modules)\//.test(path)
}
