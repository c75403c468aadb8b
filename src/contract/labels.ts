import type { BinaryExpr, Call, Expr, VectorSelector } from '../promql/ast.js'
import { valueType } from '../promql/index.js'
import type { Registry } from '../registry/registry.js'
import { inferenceOf } from './inference/infer.js'
import { isAbsent } from './inference/label-values.js'
import type { Recording } from './inference/recordings.js'
import type { Shape } from './inference/types.js'
import { literalOf } from './selector-match.js'

/** Labels that Prometheus puts on every series it scrapes, as far as they are known. */
export interface TargetLabels {
  readonly names: ReadonlySet<string>
  /** Whether service discovery or relabelling may add others. */
  readonly open: boolean
  /** Of labels that every target has: all values that targets have, where they are known. */
  readonly values?: ReadonlyMap<string, readonly string[]>
  /** Those that every target surely has. */
  readonly always?: ReadonlySet<string>
  /** Whether labels of what is scraped win over those of targets in some job (`honor_labels`). */
  readonly honored?: boolean
  /** Whether a Prometheus configuration tells them; if not, `names` are those that most set-ups use. */
  readonly configured: boolean
}

/** What queries are held against. */
export interface Contract {
  readonly registry: Registry
  readonly targetLabels: TargetLabels
  /** What recording rules record, with their expressions; absent: only the names of their labels are known. */
  readonly recordings?: readonly Recording[]
}

/** A set of label names; `open` when there may be others. */
export interface LabelNames {
  readonly names: ReadonlySet<string>
  readonly open: boolean
}

/** Where the labels of an expression's result come from. */
export interface LabelSources {
  /** The selectors whose labels the result carries, aggregated away or not. */
  readonly selectors: readonly VectorSelector[]
  /** Labels that the expression itself makes: `label_replace`, `count_values`, `group_left (…)`. */
  readonly made: ReadonlySet<string>
  /** Whether there may be labels from elsewhere. */
  readonly open: boolean
}

const nowhere: LabelSources = { selectors: [], made: new Set(), open: false }
const anywhere: LabelSources = { selectors: [], made: new Set(), open: true }

/** The labels that series of a selector can carry, whatever its matchers. */
export function selectorLabels(selector: VectorSelector, contract: Contract): LabelNames {
  return labelNames(inferenceOf(contract).inferUnmatched(selector).shapes)
}

/** The labels that the result of an expression can have. */
export function resultLabels(expr: Expr, contract: Contract): LabelNames {
  return labelNames(inferenceOf(contract).infer(expr).shapes)
}

/** The names of the labels that some shape may have. */
export function labelNames(shapes: readonly Shape[]): LabelNames {
  const names = shapes.flatMap(({ labels }) => [...labels].filter(([, values]) => !isAbsent(values)).map(([name]) => name))
  return { names: new Set(names), open: shapes.some(({ others }) => !isAbsent(others)) }
}

/** Finds where the labels of an expression's result come from. */
export function labelSources(expr: Expr): LabelSources {
  switch (expr.type) {
    case 'VectorSelector':
      return { ...nowhere, selectors: [expr] }
    case 'MatrixSelector':
      return labelSources(expr.vectorSelector)
    case 'SubqueryExpr':
    case 'ParenExpr':
    case 'UnaryExpr':
      return labelSources(expr.expr)
    case 'AggregateExpr': {
      const sources = labelSources(expr.expr)
      return literalOf(expr.op) === 'count_values' ? withMade(sources, stringArgument(expr.param)) : sources
    }
    case 'Call':
      return callSources(expr)
    case 'BinaryExpr':
      return binarySources(expr)
    case 'TemplateExpr':
      return anywhere
    default:
      return nowhere
  }
}

function callSources(call: Call): LabelSources {
  const name = literalOf(call.func)
  const [first] = call.args
  switch (name) {
    case undefined:
    case 'info':
      return anywhere
    case 'label_replace':
    case 'label_join':
      return first ? withMade(labelSources(first), stringArgument(call.args[1])) : nowhere
    case 'scalar':
    case 'vector':
    case 'time':
    case 'pi':
      return nowhere
    default:
      return call.args.map(labelSources).reduce(union, nowhere)
  }
}

function binarySources(expr: BinaryExpr): LabelSources {
  const lhs = labelSources(expr.lhs)
  const rhs = labelSources(expr.rhs)
  if (expr.op === 'template') return anywhere
  if (expr.op === 'and' || expr.op === 'unless') return lhs
  if (valueType(expr.lhs) === 'scalar') return rhs
  if (valueType(expr.rhs) === 'scalar') return lhs
  const card = expr.matching?.card
  if (card !== 'many-to-one' && card !== 'one-to-many') return union(lhs, rhs)
  const included = expr.matching!.include.map(literalOf)
  const many = card === 'many-to-one' ? lhs : rhs
  return included.reduce<LabelSources>((sources, label) => withMade(sources, label), many)
}

function union(a: LabelSources, b: LabelSources): LabelSources {
  return { selectors: [...a.selectors, ...b.selectors], made: new Set([...a.made, ...b.made]), open: a.open || b.open }
}

/** `label` undefined: it is made, but its name cannot be told. */
function withMade(sources: LabelSources, label: string | undefined): LabelSources {
  return label === undefined ? { ...sources, open: true } : { ...sources, made: new Set([...sources.made, label]) }
}

function stringArgument(expr: Expr | undefined): string | undefined {
  return expr?.type === 'StringLiteral' ? literalOf(expr.value) : undefined
}
