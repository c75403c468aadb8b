import { groupedBy } from '../../../text/grouped-by.js'
import { questionMaker } from '../../question.js'
import { findFilled } from '../syntax/writes.js'
import { dotsOfImports, hasWord, importedWords, importsTopLevel, namesMultiprocess, readsAttribute, recordsComputed, usesMetricsLibrary } from './text-search.js'

/** Whether a source names a metrics library, writes exposition text, or names one of some factories. */
export const makesMetrics = questionMaker('python makes metrics', (factories) => (text) => usesMetricsLibrary(text, factories))

/** The names of which a text imports something of their module or package, of pairs `module name`. */
function nearNames(pairs: readonly string[]): (text: string) => ReadonlySet<string> {
  const byModule = groupedBy(pairs.map((pair) => pair.split(' ')), ([module]) => module)
  return (text) => new Set(importedWords(text).flatMap((word) => byModule.get(word) ?? []).map(([, name]) => name!))
}

/** Whether a source names one of some names and imports something of its module or package: of each pair `module name`. */
export const usesImported = questionMaker('python uses imported', (pairs) => {
  const nearIn = nearNames(pairs)
  return (text) => [...nearIn(text)].some((name) => hasWord(text, name))
})

/** In which of some variables and attributes a source puts something that imports something of their module or package: of pairs `module name`. */
export const fillsImported = questionMaker('python fills imported', (pairs) => {
  const nearIn = nearNames(pairs)
  return (text) => {
    const near = nearIn(text)
    return near.size === 0 ? [] : [...findFilled(text).foreign.keys()].filter((name) => near.has(name)).sort()
  }
})

/** Of some modules and packages, by words of their names, those that a source imports which records what it gets by a computed name. */
export const recordsComputedOf = questionMaker('python records computed', (modules) => {
  const asked = new Set(modules)
  return (text) => (recordsComputed(text) ? [...new Set(importedWords(text))].filter((word) => asked.has(word)).sort() : [])
})

/** Whether a source reads one of some names from an object. */
export const readsOneOf = questionMaker('python reads', readsAttribute)

/** Whether a source imports a top-level module of this name. */
export const importsModule = questionMaker('python imports module', ([name]) => (text) => importsTopLevel(text, name!))

/** The most dots that a relative import of a source begins with. */
export const relativeDots = questionMaker('python relative dots', () => dotsOfImports)

/** Whether prometheus_client is run in multiprocess mode here. */
export const isMultiprocess = questionMaker('multiprocess', () => namesMultiprocess)
