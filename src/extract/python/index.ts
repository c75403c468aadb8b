import type { Extraction, ExtractOptions, SourceTree } from '../types.js'
import { isFunction, mergeExtractions } from '../types.js'
import { extractEmbeddedPrograms } from './program/embedded-programs.js'
import { makesMetrics } from './sources/questions.js'
import { producerPaths } from './sources/sources.js'

/**
 * What the Python sources of a workspace tell about metrics: the prometheus_client and OpenTelemetry metrics that they
 * declare, with the label values that reach them, and the instrumentation that they install. Nothing is run; what
 * cannot be told is a pattern with the reason. The parser is loaded only where a file names a metrics library.
 */
export async function extractPython(tree: SourceTree, options: ExtractOptions = {}): Promise<Extraction> {
  const paths = producerPaths(tree)
  const factories = (options.factories ?? []).filter(isFunction).map((factory) => factory.name)
  const asked = makesMetrics(factories)
  const core = paths.filter((path) => tree.ask(path, asked))
  if (core.length === 0) return { declarations: [], instrumentations: [], problems: [] }
  const { extractFrom } = await import('./program/extract.js')
  const { programs, ...extraction } = extractFrom(tree, paths, core, options)
  return programs.length === 0 ? extraction : mergeExtractions([extraction, await extractEmbeddedPrograms(programs, options)])
}
