/**
 * Reads and parses the sources of a folder that extraction can see, in the languages whose endings are named, and tells
 * how long that alone kept processors busy, in seconds, and how many sources there are: `parse.js FOLDER ts|py…`.
 */
import { defaultConfig } from '../../dist/src/config/config.js'
import { parsePython } from '../../dist/src/extract/python/syntax/parse.js'
import { loadParser } from '../../dist/src/extract/typescript/syntax/syntax.js'
import { discover } from '../../dist/src/workspace/discovery.js'
import { sourceTree, textsOf } from '../../dist/src/workspace/sources.js'

const [cwd, ...languages] = process.argv.slice(2)
const { files } = await discover({ cwd, paths: ['.'], ignore: [], ignoreBase: cwd, include: [] })
const tree = sourceTree(files, defaultConfig.maxFileSize)
const parseTypeScript = loadParser()
const before = process.cpuUsage()
let sources = 0
for (const source of textsOf({ ...tree, paths: tree.paths.filter((path) => !/\.d\.[cm]?ts$/.test(path) && languages.includes(path.endsWith('.py') ? 'py' : 'ts')) })) {
  if (source.path.endsWith('.py')) parsePython(source.text)
  else parseTypeScript(source)
  sources++
}
const { user, system } = process.cpuUsage(before)
console.log(JSON.stringify({ seconds: (user + system) / 1e6, sources }))
