import type { TSESTree } from '@typescript-eslint/typescript-estree'
import type { Analysis } from '../engine/analysis.js'
import { deferred } from '../engine/deferred.js'
import { executeStatement, readProperty } from '../engine/engine.js'
import { statementsWriting, writersOf } from '../syntax/writes.js'
import { allocate } from '../engine/heap.js'
import { loadModule } from '../engine/modules.js'
import type { Environment, Module, ModuleRead } from '../values/program.js'
import { NOTHING, union, unknown, type Value } from '../values/values.js'

/** The top-level scope of a module. */
export function moduleEnvironment(analysis: Analysis, module: Module): Environment {
  const existing = analysis.facts.heap.environments.get(module)
  if (existing) return existing
  const environment: Environment = {
    key: module.source.path,
    frame: { module, receiver: NOTHING, calls: [], result: NOTHING },
    variables: new Map(),
    conditional: false,
  }
  analysis.facts.heap.environments.set(module, environment)
  return environment
}

/** A top-level name of a module: its declaration is run when it has not been yet. */
export function readTopLevel(analysis: Analysis, module: Module, name: string): Value | undefined {
  const environment = moduleEnvironment(analysis, module)
  const known = environment.variables.get(name)
  if (known) return known
  const read = module.imports.get(name)
  if (read) return readImport(analysis, read)
  const declaration = module.declarations.get(name)
  if (!declaration) return undefined
  executeStatement(analysis, declaration, environment)
  const value = environment.variables.get(name)
    ?? analysis.previous.heap.environments.get(module)?.variables.get(name)
    ?? NOTHING
  return analysis.code.walked.has(module.source.path) ? value : afterWrites(analysis, module, name, value)
}

/** A variable of a file of which nothing else is run, with what its top level puts there later, and what its functions may. */
function afterWrites(analysis: Analysis, module: Module, name: string, value: Value): Value {
  const environment = moduleEnvironment(analysis, module)
  for (const statement of statementsWriting(module.program, name)) executeStatement(analysis, statement, environment)
  const after = environment.variables.get(name) ?? value
  return writersOf(module.program, name).length > 0 ? union(after, unknown(`a function gives "${name}" another value`)) : after
}

/** What an import gives: from a file that is read whole at once, from another one when it is needed. */
export function readImport(analysis: Analysis, { specifier, name, path }: ModuleRead): Value {
  if (path === undefined) {
    if (/^[.#]/.test(specifier)) return unknown(`the module "${specifier}" was not found`)
    return [{ kind: 'library', module: specifier.replace(/^node:/, ''), path: name === '*' || name === 'default' ? '' : name }]
  }
  const read = () => {
    const module = loadModule(analysis, path)
    if (!module) return unknown(`the module "${specifier}" could not be read`)
    return name === '*' ? namespaceOf(analysis, module) : readExport(analysis, module, name)
  }
  if (analysis.code.walked.has(path)) return read()
  return deferred(analysis, `${path}#${name}`, read)
}

/** What a module exports under a name. */
export function readExport(analysis: Analysis, module: Module, name: string, seen = new Set<Module>()): Value {
  const binding = module.exports.get(name)
  if (binding?.kind === 'local') return readTopLevel(analysis, module, binding.name) ?? NOTHING
  if (binding?.kind === 'from') return readImport(analysis, binding.read)
  if (binding?.kind === 'expression') {
    for (const statement of module.program.body) {
      if (statement.type === 'ExportDefaultDeclaration' || statement.type === 'TSExportAssignment') {
        executeStatement(analysis, statement, moduleEnvironment(analysis, module))
      }
    }
    return moduleEnvironment(analysis, module).variables.get(DEFAULT_EXPORT)
      ?? analysis.previous.heap.environments.get(module)?.variables.get(DEFAULT_EXPORT)
      ?? NOTHING
  }
  seen.add(module)
  for (const { path } of name === 'default' ? [] : module.starExports) {
    const source = path === undefined ? undefined : loadModule(analysis, path)
    if (!source || seen.has(source)) continue
    const value = readExport(analysis, source, name, seen)
    if (value.length > 0) return value
  }
  const packages = name === 'default' ? [] : module.starExports.filter(({ path, specifier }) => path === undefined && !/^[.#]/.test(specifier))
  if (packages.length > 0) return union(...packages.map((read) => readImport(analysis, { ...read, name })))
  return readCommonJs(analysis, module, name)
}

/** Whatever a module exports. */
export function readExports(analysis: Analysis, module: Module): Value {
  const others = module.starExports.length > 0 ? unknown('it is an export of a module that is not known') : NOTHING
  return union(...[...module.exports.keys()].map((name) => readExport(analysis, module, name)), others)
}

/** The name under which a module's scope keeps what it exports by `export default <expression>`. */
export const DEFAULT_EXPORT = '*default*'

/** The key of the object that `module.exports` is before anything is assigned to it. */
export function commonJsKey(module: Module): string {
  return `${module.source.path}#exports`
}

/** `module.exports`, or one property of it. */
function readCommonJs(analysis: Analysis, module: Module, name: string): Value {
  const environment = moduleEnvironment(analysis, module)
  const assignments = module.program.body.filter((statement) => assignsExports(module, statement))
  for (const statement of assignments) executeStatement(analysis, statement, environment)
  if (assignments.length === 0) return NOTHING
  const whole = environment.variables.get('module.exports') ?? NOTHING
  if (name === 'default') return union(whole, [{ kind: 'object', key: commonJsKey(module) }])
  const objects = [...whole.flatMap((atom) => (atom.kind === 'object' ? [atom.key] : [])), commonJsKey(module)]
  const others = readProperty(analysis, whole.filter((atom) => atom.kind !== 'object'), name)
  return union(...objects.map((key) => allocate(analysis, key).properties.get(name) ?? NOTHING), others)
}

function assignsExports(module: Module, statement: TSESTree.ProgramStatement): boolean {
  if (statement.type !== 'ExpressionStatement') return false
  const text = module.source.text.slice(...statement.range)
  return /^(module\s*\.\s*)?exports\b/.test(text)
}

/** `import * as x` and `require`: for a CommonJS module, what it assigns to `module.exports`. */
export function namespaceOf(analysis: Analysis, module: Module): Value {
  const isEcmaScript = module.exports.size > 0 || module.starExports.length > 0
  return isEcmaScript ? [{ kind: 'namespace', module }] : readCommonJs(analysis, module, 'default')
}
