import type { TSESTree } from '@typescript-eslint/typescript-estree'
import type { Environment } from '../values/program.js'
import type { Node } from '../syntax/syntax.js'
import { forced, knownText, type Value } from '../values/values.js'

/** Whether what a `switch` asks for hangs on a name that nothing in the file gives another value. */
export function mayBeDecided(node: Node, { frame }: Environment): boolean {
  if (node.type === 'MemberExpression') return mayBeDecided(node.object, { frame } as Environment)
  if (node.type !== 'Identifier') return false
  const name = node.name.replace(/\$/g, '\\$&')
  return !new RegExp(`(?<!const\\s+)(?<![\\w$.])${name}\\s*(?:[-+*/%&|^?]{1,3})?=(?![=>])|\\b(?:let|var)\\s[^=;]*\\b${name}\\b`).test(frame.module.source.text)
}

/**
 * The cases of a `switch` that texts which are all known can come to: those with one of the texts and what they fall
 * through to; the default where a text has no case. All of them, where something is not known.
 */
export function reachedCases(
  { cases }: TSESTree.SwitchStatement, given: Value, tests: readonly (Value | undefined)[],
): readonly TSESTree.SwitchCase[] {
  const texts = forced(given).map(knownText)
  const caseTexts = tests.map((test) => (test?.length === 1 ? knownText(test[0]!) : undefined))
  if (texts.length === 0 || texts.includes(undefined) || caseTexts.some((text, index) => tests[index] && text === undefined)) return cases
  const starts = texts.map((text) => {
    const own = caseTexts.indexOf(text)
    return own >= 0 ? own : cases.findIndex(({ test }) => test === null)
  })
  const reached = new Set<TSESTree.SwitchCase>()
  for (const start of starts.filter((one) => one >= 0)) {
    for (const one of cases.slice(start)) {
      reached.add(one)
      if (ends(one.consequent)) break
    }
  }
  return cases.filter((one) => reached.has(one))
}

function ends(statements: readonly TSESTree.Statement[]): boolean {
  const last = statements.at(-1)
  if (last?.type === 'BlockStatement') return ends(last.body)
  return last !== undefined && ['BreakStatement', 'ReturnStatement', 'ThrowStatement', 'ContinueStatement'].includes(last.type)
}
