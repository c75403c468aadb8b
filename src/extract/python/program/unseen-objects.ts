import type { SourceTree } from '../../types.js'
import type { Engine } from '../engine/engine.js'
import { isMetricClass } from '../language/instances.js'
import { fillsImported, usesImported } from '../sources/questions.js'
import { moduleWords } from '../sources/sources.js'
import { importedAs } from '../sources/text-search.js'
import { findReferences } from '../syntax/references.js'
import { withDerived } from '../values/classes.js'
import type { ClassValue, ModuleState } from '../values/types.js'

/**
 * Finds of which classes that annotations name other objects may be made than those that were seen: what bears their
 * name is used in a module that is followed or declares them, and is no call that was reached, or in one of the other
 * files. And in what of that which is kept the other files put something.
 */
export function findUnseenObjects(engine: Engine, others: readonly string[]): void {
  engine.objects.filledUnseen.clear()
  const asked = fillsImported([...engine.objects.kept].sort())
  for (const path of engine.objects.kept.size > 0 ? others : []) {
    for (const name of engine.workspace.tree.ask(path, asked)) engine.objects.filledUnseen.add(name)
  }
  const declaring = new Set([...engine.objects.annotated].flatMap((owner) => [...withDerived(owner)]).map(({ scope }) => scope.module))
  const unseen = namesUsedUnseen([...engine.modules.byPath.values()].filter((module) => module.role !== 'support' || declaring.has(module)))
  engine.objects.madeUnseen.clear()
  for (const owner of engine.objects.annotated) {
    // Objects that record metrics are made where they are missing (`makeUnseenInstances`).
    if (isMetricClass(engine, owner)) continue
    const isUnseen = (each: ClassValue) => unseen.has(each.definition.name) || isUsedIn(engine.workspace.tree, others, each)
    if ([...withDerived(owner)].some(isUnseen)) engine.objects.madeUnseen.add(owner)
  }
}

/** The names that these modules use for anything but a call that was reached, or import by another name. */
function namesUsedUnseen(modules: readonly ModuleState[]): ReadonlySet<string> {
  const names = new Set<string>()
  for (const { body, evaluated, source } of modules) {
    const { uses, calls } = findReferences(body)
    for (const [name, ends] of uses) {
      const called = new Set(calls.get(name))
      if (!ends.every((end) => called.has(end) && evaluated.has(end))) names.add(name)
    }
    for (const [name] of importedAs(source.text)) names.add(name)
  }
  return names
}

function isUsedIn(tree: SourceTree, paths: readonly string[], { definition: { name }, scope: { module } }: ClassValue): boolean {
  const asked = usesImported(moduleWords(module.path).map((word) => `${word} ${name}`))
  return paths.some((path) => tree.ask(path, asked))
}
