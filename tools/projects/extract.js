/**
 * Extracts from the checkout that the argument names and sends its facts, with the processor time in seconds and the
 * most memory in MB that it took, to the process that forked this one.
 */
import { defaultConfig } from '../../dist/src/config/config.js'
import { extractPython } from '../../dist/src/extract/python/index.js'
import { extractTypeScript } from '../../dist/src/extract/typescript/index.js'
import { discover } from '../../dist/src/workspace/discovery.js'
import { sourceTree } from '../../dist/src/workspace/sources.js'
import { factsOf } from './facts.js'

const [cwd] = process.argv.slice(2)
const { files } = await discover({ cwd, paths: ['.'], ignore: [], ignoreBase: cwd, include: [] })
const sources = sourceTree(files, defaultConfig.maxFileSize)
const extractions = [await extractTypeScript(sources), await extractPython(sources)]
const facts = factsOf(extractions)
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
process.send({ facts, seconds: (userCPUTime + systemCPUTime) / 1e6, megabytes: maxRSS / 1024 })
