import type { Context } from '../engine/engine.js'
import type { Value } from '../values/types.js'
import { external, unknown } from '../values/values.js'
import { memberOfModule } from './lookup.js'

export function bindImport(context: Context, module: string, as: string | undefined): void {
  const { engine, scope } = context
  const head = module.split('.')[0]!
  const dotted = as === undefined ? head : module
  addImport(context, as ?? head, () => engine.workspace.paths.resolve(scope.module.path, 0, dotted) ?? external(dotted))
}

export function bindImportFrom(context: Context, level: number, module: string, names: readonly { name: string; as: string }[]): void {
  const { engine, scope } = context
  let found: Value | undefined
  const from = (): Value => (found ??= engine.workspace.paths.resolve(scope.module.path, level, module) ?? external(module))
  for (const { name, as } of names) {
    if (name === '*') {
      scope.module.starImports.push(from())
      continue
    }
    addImport(context, as, () => {
      const source = from()
      if (source.kind === 'module') {
        return memberOfModule(engine, source, name) ?? unknown(`${name} is not found in ${source.path ?? source.directory ?? ''}`)
      }
      return external(`${module}.${name}`)
    })
  }
}

function addImport(context: Context, name: string, find: () => Value): void {
  const { scope, engine, classBody } = context
  const resolve = resolveOnce(find, name)
  if (engine.course.handlerDepth === 0) {
    scope.variables.delete(name)
    scope.imports.set(name, [resolve])
  } else scope.imports.set(name, [...(scope.imports.get(name) ?? []), resolve])
  if (classBody) classBody.attributes.set(name, resolve())
}

/** Modules that import a name from each other in a circle never get it. */
function resolveOnce(find: () => Value, name: string): () => Value {
  let resolving = false
  return () => {
    if (resolving) return unknown(`${name} is imported in a circle`)
    resolving = true
    const found = find()
    resolving = false
    return found
  }
}
