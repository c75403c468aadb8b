import { declareVariable, functionScope } from '../objects/scopes.js'
import type { Analysis } from '../engine/analysis.js'
import type { ClassNode, Environment, Frame } from '../values/program.js'
import { noteTable } from '../objects/metric-tables.js'
import { isStatic, memberName, staticKey, superclasses, writeProperty } from '../objects/properties.js'
import { NOTHING, type ClassAtom, type Value } from '../values/values.js'
import { evaluate, executeBlock } from '../engine/engine.js'

/** Defines a class: its decorators run, and its static fields get their values. */
export function defineClass(analysis: Analysis, node: ClassNode, environment: Environment): Value {
  const atom: ClassAtom = { kind: 'class', node, environment }
  analysis.facts.heap.classes.set(node, atom)
  if (node.id && node.type === 'ClassDeclaration') declareVariable(analysis, environment, node.id.name, [atom])
  for (const { expression } of node.decorators) evaluate(analysis, expression, environment)
  superclasses(analysis, atom)

  const frame: Frame = { module: environment.frame.module, class: atom, receiver: [atom], calls: environment.frame.calls, result: NOTHING }
  const scope = functionScope(environment, frame, staticKey(atom))
  for (const member of node.body.body) {
    if (member.type === 'StaticBlock') executeBlock(analysis, member.body, scope)
    if (member.type !== 'PropertyDefinition' || !isStatic(member) || !member.value) continue
    const name = memberName(member)
    const value = evaluate(analysis, member.value, scope)
    if (name !== undefined) noteTable(analysis, name, value, scope)
    if (name !== undefined) writeProperty(analysis, [atom], name, value, true)
  }
  return [atom]
}
