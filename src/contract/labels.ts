import type { BinaryExpr, Call, Expr, VectorSelector } from '../promql/ast.js'
import { fold, valueType } from '../promql/index.js'
import type { Contract } from './contract.js'
import { inferenceOf } from './inference/infer.js'
import { isAbsent } from './inference/label-values.js'
import type { Shape } from './inference/types.js'
import { literalOf } from './selector-match.js'

/** A set of label names; `open` when there may be others. */
export interface LabelNames {
  readonly names: ReadonlySet<string>
  readonly open: boolean
}

/** Where the labels of an expression's result come from. */
export interface LabelSources {
  /** The selectors whose labels the result carries, aggregated away or not, in the order of the text; the first costs nothing. */
  readonly selectors: Iterable<VectorSelector>
  /** Labels that the expression itself makes: `label_replace`, `count_values`, `group_left (…)`. */
  readonly made: ReadonlySet<string>
  /** Whether there may be labels from elsewhere. */
  readonly open: boolean
}

/** As `LabelSources`; its selectors are joined without being copied, as each level of a long chain has them all. */
interface Sources {
  readonly selectors: Selectors
  readonly made: ReadonlySet<string>
  readonly open: boolean
}

/** A selector, or those of two operands, in the order of the text. */
type Selectors = VectorSelector | JoinedSelectors | undefined

interface JoinedSelectors {
  readonly first: VectorSelector
  readonly operands: readonly [Selectors, Selectors]
}

function joined(a: Selectors, b: Selectors): Selectors {
  if (a === undefined) return b
  return b === undefined ? a : { first: 'type' in a ? a : a.first, operands: [a, b] }
}

/** Whoever looks for one that is mostly the first need not go down a chain of operators for it. */
function* selectorsIn(selectors: Selectors): Generator<VectorSelector> {
  if (selectors === undefined) return
  if ('type' in selectors) {
    yield selectors
    return
  }
  const { first } = selectors
  yield first
  const rest: Selectors[] = [selectors]
  for (let next = rest.pop(); next; next = rest.pop()) {
    if ('operands' in next) rest.push(next.operands[1], next.operands[0])
    else if (next !== first) yield next
  }
}

const nowhere: Sources = { selectors: undefined, made: new Set(), open: false }
const anywhere: Sources = { selectors: undefined, made: new Set(), open: true }

/** The labels that series of a selector can carry, whatever its matchers. */
export function selectorLabels(selector: VectorSelector, contract: Contract): LabelNames {
  return labelNames(inferenceOf(contract).inferUnmatched(selector).shapes)
}

/** Whether series of a selector are known to have a label, whatever its matchers. */
export function mayCarry(selector: VectorSelector, label: string, contract: Contract): boolean {
  return inferenceOf(contract).inferUnmatched(selector).shapes.some(({ labels }) => {
    const values = labels.get(label)
    return values !== undefined && !isAbsent(values)
  })
}

/** The labels that the result of an expression can have. */
export function resultLabels(expr: Expr, contract: Contract): LabelNames {
  return labelNames(inferenceOf(contract).infer(expr).shapes)
}

/** The names of the labels that some shape may have. */
export function labelNames(shapes: readonly Shape[]): LabelNames {
  const names = new Set<string>()
  for (const { labels } of shapes) for (const [name, values] of labels) if (!isAbsent(values)) names.add(name)
  return { names, open: shapes.some(({ others }) => !isAbsent(others)) }
}

/** Finds where the labels of an expression's result come from, and of the result of each expression in it. */
export function labelSources(expr: Expr): ReadonlyMap<Expr, LabelSources> {
  const sources = new Map<Expr, LabelSources>()
  fold<Sources>(expr, (node, inner) => {
    const { selectors, made, open } = sourcesOf(node, inner)
    sources.set(node, { made, open, selectors: { [Symbol.iterator]: () => selectorsIn(selectors) } })
    return { selectors, made, open }
  })
  return sources
}

/** Where the labels of one result come from, told by those of the expressions directly inside. */
function sourcesOf(expr: Expr, inner: readonly Sources[]): Sources {
  switch (expr.type) {
    case 'VectorSelector':
      return { ...nowhere, selectors: expr }
    case 'MatrixSelector':
    case 'SubqueryExpr':
    case 'ParenExpr':
    case 'UnaryExpr':
      return inner[0]!
    case 'AggregateExpr': {
      const sources = inner.at(-1)!
      return literalOf(expr.op) === 'count_values' ? withMade(sources, stringArgument(expr.param)) : sources
    }
    case 'Call':
      return callSources(expr, inner)
    case 'BinaryExpr':
      return binarySources(expr, inner[0]!, inner[1]!)
    case 'TemplateExpr':
      return anywhere
    default:
      return nowhere
  }
}

function callSources(call: Call, inner: readonly Sources[]): Sources {
  const name = literalOf(call.func)
  const [first] = inner
  switch (name) {
    case undefined:
    case 'info':
      return anywhere
    case 'label_replace':
    case 'label_join':
      return first ? withMade(first, stringArgument(call.args[1])) : nowhere
    case 'scalar':
    case 'vector':
    case 'time':
    case 'pi':
      return nowhere
    default:
      return inner.reduce(union, nowhere)
  }
}

function binarySources(expr: BinaryExpr, lhs: Sources, rhs: Sources): Sources {
  if (expr.op === 'template') return anywhere
  if (expr.op === 'and' || expr.op === 'unless') return lhs
  if (valueType(expr.lhs) === 'scalar') return rhs
  if (valueType(expr.rhs) === 'scalar') return lhs
  const card = expr.matching?.card
  if (card !== 'many-to-one' && card !== 'one-to-many') return union(lhs, rhs)
  const included = expr.matching!.include.map(literalOf)
  const many = card === 'many-to-one' ? lhs : rhs
  return included.reduce<Sources>((sources, label) => withMade(sources, label), many)
}

function union(a: Sources, b: Sources): Sources {
  const made = a.made.size === 0 ? b.made : b.made.size === 0 ? a.made : new Set([...a.made, ...b.made])
  return { selectors: joined(a.selectors, b.selectors), made, open: a.open || b.open }
}

/** `label` undefined: it is made, but its name cannot be told. */
function withMade(sources: Sources, label: string | undefined): Sources {
  return label === undefined ? { ...sources, open: true } : { ...sources, made: new Set([...sources.made, label]) }
}

function stringArgument(expr: Expr | undefined): string | undefined {
  return expr?.type === 'StringLiteral' ? literalOf(expr.value) : undefined
}
