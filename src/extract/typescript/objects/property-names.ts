import type { TSESTree } from '@typescript-eslint/typescript-estree'
import { evaluate } from '../engine/engine.js'
import type { Analysis } from '../engine/analysis.js'
import type { Environment } from '../values/program.js'
import { knownText, toStrings } from '../values/values.js'

/** The names that a member expression may read; `undefined` when they are not known. */
export function propertyNames(analysis: Analysis, node: TSESTree.MemberExpression, environment: Environment): readonly string[] | undefined {
  return staticPropertyNames(analysis, node.property, node.computed, environment)
}

export function staticPropertyNames(
  analysis: Analysis, key: TSESTree.Expression | TSESTree.PrivateIdentifier, computed: boolean, environment: Environment,
): readonly string[] | undefined {
  if (key.type === 'PrivateIdentifier') return [`#${key.name}`]
  if (!computed && key.type === 'Identifier') return [key.name]
  if (key.type === 'Literal') return [String(key.value)]
  const names = toStrings(evaluate(analysis, key, environment)).map(knownText)
  return names.length > 0 && names.every((name) => name !== undefined) ? names : undefined
}
