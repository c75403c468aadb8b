import { mayWriteExposition } from '../../written-exposition.js'
import type { Context, Engine } from '../engine/engine.js'
import { executeBlock } from '../engine/follow.js'
import { isOfClient } from '../sources/client-modules.js'
import type { ModuleFiles } from '../sources/module-paths.js'
import type { NameExpression } from '../syntax/ast.js'
import { parsePython } from '../syntax/parse.js'
import { findWrites } from '../syntax/writes.js'
import { withUnseenItems } from './writes.js'
import { createScope } from '../values/scope.js'
import type { ModuleState, Scope, Value } from '../values/types.js'
import { external, isNone, union, unknown } from '../values/values.js'

/** What the top level of a module may evaluate. */
const evaluationsPerModule = 1_000_000

/** The module in a file, its top level executed; `undefined` when the file cannot be read. */
export function loadModule(engine: Engine, path: string): ModuleState | undefined {
  let module = engine.modules.byPath.get(path)
  if (!module) {
    const created = readModule(engine, path)
    if (!created) return undefined
    engine.modules.byPath.set(path, (module = created))
  }
  if (module.state === 'new') {
    module.state = 'running'
    module.starImports.length = 0
    // Who asks first does not pay for all.
    const { budget } = engine.effort
    engine.effort.budget = evaluationsPerModule
    executeBlock({ engine, scope: module.scope, results: undefined, classBody: undefined }, module.body)
    if (engine.effort.budget < 0 && module.role !== 'support') engine.effort.total.cutModules.add(module)
    engine.effort.budget = budget
    module.state = 'done'
  }
  return module
}

function readModule(engine: Engine, path: string): ModuleState | undefined {
  const source = engine.workspace.tree.read(path)
  if (!source) return undefined
  const { body, problems } = parsePython(source.text)
  for (const problem of problems) engine.modules.problems.push({ source, problem })
  const module: ModuleState = {
    path, source, body, writesExposition: mayWriteExposition(source.text), starImports: [], role: 'support', evaluated: new Set(),
    writes: findWrites(source.text), written: new Set(), state: 'new',
    get scope() {
      return scope
    },
  }
  const scope = createScope(module, undefined)
  for (const name of [...module.writes.foreign.keys(), ...module.writes.filled.foreign.keys()]) {
    const writers = engine.modules.foreignWriters.get(name)
    if (writers) writers.add(module)
    else engine.modules.foreignWriters.set(name, new Set([module]))
  }
  return module
}

/** What a name means in a scope; `undefined` when it is not bound. */
export function lookUp(context: Context, name: string): Value | undefined {
  for (let scope: Scope | undefined = context.scope; scope; scope = scope.parent) {
    const found = inScope(context.engine, scope, name)
    if (found) return found
  }
  return inStarImports(context.engine, context.scope.module, name)
}

function inScope(engine: Engine, scope: Scope, name: string): Value | undefined {
  const elsewhere = scope.outer.get(name)
  if (elsewhere && elsewhere !== scope) return inScope(engine, elsewhere, name)
  const assigned = scope.variables.get(name)
  const imports = scope.imports.get(name)
  if (!imports) return assigned && scope === scope.module.scope ? withUnseenItems(engine, scope.module, name, assigned) : assigned
  const imported = imports.length === 1 ? imports[0]!() : union(imports.map((resolve) => resolve()))
  return assigned && !isNone(assigned) ? union([imported, assigned]) : imported
}

function inStarImports(engine: Engine, module: ModuleState, name: string): Value | undefined {
  for (const from of module.starImports) {
    if (from.kind === 'external' && isOfClient(from.name) && /^[A-Z]|_/.test(name)) {
      return external(`${from.name}.${name}`)
    }
    if (from.kind === 'module') {
      const found = memberOfModule(engine, from, name)
      if (found) return found
    }
  }
  return undefined
}

export function memberOfModule(engine: Engine, value: ModuleFiles, name: string): Value | undefined {
  const module = value.path === undefined ? undefined : loadModule(engine, value.path)
  const found = module && (inScope(engine, module.scope, name) ?? inStarImports(engine, module, name))
  if (found) return found
  return value.directory === undefined ? undefined : engine.workspace.paths.submodule(value.directory, name)
}

/** What a name means where it stands. */
export function evaluateName(context: Context, { id, end }: NameExpression): Value {
  noteEvaluated(context, end)
  return lookUp(context, id) ?? (builtinNames.has(id) ? external(`builtins.${id}`) : unknown(`${id} is not defined in the workspace`))
}

/** Notes that a name was evaluated where it stands. */
export function noteEvaluated({ scope }: Context, end: number): void {
  if (scope.module.role !== 'support') scope.module.evaluated.add(end)
}

const builtinNames = new Set([
  'str', 'int', 'float', 'bool', 'list', 'tuple', 'set', 'frozenset', 'dict', 'range', 'enumerate', 'zip', 'sorted',
  'reversed', 'getattr', 'setattr', 'isinstance', 'issubclass', 'len', 'print', 'type', 'super', 'map', 'filter', 'object',
  'hasattr', 'repr', 'min', 'max', 'sum', 'any', 'all', 'iter', 'next', 'vars', 'id', 'ord', 'hash', 'callable', 'Exception', 'format', 'round',
])
