import { isClientPackage, MAKING_NAMES } from '../files.js'
import { commonJsKey, DEFAULT_EXPORT } from '../objects/exports.js'
import { objectVersions } from '../engine/heap.js'
import type { Analysis } from '../engine/analysis.js'
import type { ExportBinding, Module, ModuleRead } from '../values/program.js'
import type { Value } from '../values/values.js'

/** Files that give a client library on to others: as a whole, or its classes, meters or types. */
export interface Offers {
  readonly paths: ReadonlySet<string>
  /** Their own names for what the library calls by one of `MAKING_NAMES`. */
  readonly aliases: ReadonlySet<string>
}

export function offersOf(analysis: Analysis): Offers {
  const paths = new Set<string>()
  const aliases = new Set<string>()
  for (const path of analysis.code.walked) {
    const module = analysis.code.modules.get(path)
    if (!module) continue
    if (givesOn(analysis, module)) paths.add(path)
    for (const [name, binding] of module.exports) {
      const read = readOf(module, binding)
      if (read && isClientPackage(read.specifier) && MAKING_NAMES.has(read.name) && name !== 'default') aliases.add(name)
    }
  }
  return { paths, aliases }
}

/** The import that an export hands on. */
function readOf(module: Module, binding: ExportBinding): ModuleRead | undefined {
  if (binding.kind === 'from') return binding.read
  return binding.kind === 'local' ? module.imports.get(binding.name) : undefined
}

/** Whether a module exports something of a client library. */
function givesOn(analysis: Analysis, module: Module): boolean {
  if (module.starExports.some(({ specifier }) => isClientPackage(specifier))) return true
  const variables = analysis.facts.heap.environments.get(module)?.variables
  const isGiven = [...module.exports.values()].some((binding) => {
    if (isClientPackage(readOf(module, binding)?.specifier ?? '')) return true
    return binding.kind !== 'from' && isOfClient(analysis, variables?.get(binding.kind === 'local' ? binding.name : DEFAULT_EXPORT) ?? [])
  })
  const assigned = [...(variables?.get('module.exports') ?? []), { kind: 'object', key: commonJsKey(module) } as const]
  return isGiven || isOfClient(analysis, assigned)
}

/** How deep in objects and in what functions return a library is looked for. */
const MAXIMUM_DEPTH = 3

function isOfClient(analysis: Analysis, value: Value, depth = 0): boolean {
  return value.some((atom) => {
    if (atom.kind === 'library') return isClientPackage(atom.module)
    if (depth >= MAXIMUM_DEPTH) return false
    if (atom.kind === 'function') return isOfClient(analysis, analysis.facts.runs.returns.get(atom.node) ?? [], depth + 1)
    return objectVersions(analysis, atom).some((object) =>
      [...object.properties.values()].some((property) => isOfClient(analysis, property, depth + 1)))
  })
}
