import { declarationsOf, describeDeclaration } from '../contract/describe.js'
import { isAbsent } from '../contract/inference/label-values.js'
import type { LabelValues, Reason } from '../contract/inference/types.js'
import { askedName, matchSelector } from '../contract/selector-match.js'
import { walk } from '../promql/index.js'
import { likePatterns } from '../registry/label-values.js'
import type { Expr } from '../promql/ast.js'
import type { Query, Workspace } from '../workspace/workspace.js'
import type { Related } from './diagnostic.js'

/** What a label is explained in: a query, or an expression that stands elsewhere. */
export type Explained = Pick<Query, 'text' | 'place'>

/**
 * Whether what is inferred of an expression rests on all who expose its series: services in other languages may, with
 * labels of their own, and so may others where the configuration says so.
 */
export function isWholeTruth(expr: Expr, workspace: Workspace): boolean {
  let isWhole = true
  walk(expr, (node) => {
    if (node.type !== 'VectorSelector' || !isWhole) return
    const match = matchSelector(node, workspace.registry)
    if (match.kind !== 'known') return
    if (match.series.some((name) => workspace.isExternalMetric(name)) || workspace.namesInCode.inOtherLanguages(match.series)) isWhole = false
  })
  return isWhole
}

/** What a label is on some series, as the end of a sentence: `no label "x" ("sum by (y)" drops it)`, `to="failed"`. */
export function describeLabel(label: string, values: LabelValues, query: Explained): string {
  const from = originOfLabel(values.why, query)
  if (isAbsent(values)) return `no label "${label}"${from}`
  const form = values.kind === 'open' ? formOf(label, values.why) : undefined
  if (form !== undefined) return `a "${label}" that is ${form}${from}`
  if (values.kind === 'open' || values.values.has('')) return `the label "${label}"${from}`
  const listed = [...values.values].sort()
  const shown = listed.slice(0, 4).map((value) => `"${value}"`)
  return `${label} = ${shown.join(' or ')}${listed.length > 4 ? ' or others' : ''}${values.why.kind === 'matcher' ? '' : from}`
}

/** What the values of a declared label are like, where its family tells. */
function formOf(label: string, why: Reason): string | undefined {
  const declared = why.kind === 'declared' ? why.family.labels.find(({ name }) => name === label) : undefined
  return declared?.patterns && [...declared.values.map((value) => JSON.stringify(value)), likePatterns(declared.patterns)].join(' or ')
}

function originOfLabel(why: Reason, query: Explained): string {
  switch (why.kind) {
    case 'declared':
      return ` ("${why.family.name}", ${describeDeclaration(why.family)})`
    case 'never-declared':
    case 'recorded': {
      const name = askedName(why.selector)?.text ?? why.family.name
      return ` ("${name}", ${describeDeclaration(why.family)})`
    }
    case 'target':
      return ', which every target has'
    case 'dropped':
      return `: "${headOf(why.by, query)}" drops it`
    case 'made':
      return `, which "${headOf(why.by, query)}" makes`
    default:
      return ''
  }
}

/** The part of a node that says what it does, without its operand: `sum by (kind)`. */
export function headOf(node: Expr, query: Explained): string {
  const text = (start: number, end: number) => query.text.slice(start, end).replace(/\s+/g, ' ').trim()
  switch (node.type) {
    case 'AggregateExpr': {
      const before = text(node.start, node.expr.start).replace(/\((?:[^()]*,)?\s*$/, '').trim()
      return node.grouping && node.grouping.start > node.expr.end ? `${before} ${text(node.grouping.start, node.grouping.end)}` : before
    }
    case 'Call':
      return `${text(node.func.start, node.func.end)}()`
    case 'BinaryExpr':
      return operatorOf(node, query).text
    default:
      return text(node.start, node.end)
  }
}

/** An operator with its place in the query; the whole operation where the operator is a variable. */
export function operatorOf(node: Extract<Expr, { type: 'BinaryExpr' }>, { text }: Explained): { text: string; start: number; end: number } {
  const at = text.slice(0, node.rhs.start).toLowerCase().indexOf(node.op, node.lhs.end)
  if (at < 0) return { text: node.op, start: node.start, end: node.end }
  return { text: node.op, start: at, end: at + node.op.length }
}

/** The places behind what a label is. */
export function placesOf(label: string, values: LabelValues, query: Explained): Related[] {
  const { why } = values
  switch (why.kind) {
    case 'declared':
    case 'never-declared':
    case 'recorded':
      return declarationsOf([why.family])
    case 'dropped':
      return why.by.type === 'BinaryExpr' ? [] : [{ place: query.place(why.by.start, why.by.end), message: `"${label}" is dropped here` }]
    case 'made':
      return [{ place: query.place(why.by.start, why.by.end), message: `"${label}" is made here` }]
    case 'matcher':
      return [{ place: query.place(why.matcher.start, why.matcher.end), message: `${label} is selected here` }]
    default:
      return []
  }
}
