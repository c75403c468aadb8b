import type { BinaryExpr, Call, Expr, Text, VectorSelector } from '../promql/ast.js'
import { fold, valueType } from '../promql/index.js'
import type { Registry } from '../registry/registry.js'
import type { Family } from '../registry/types.js'
import { literalOf, matchSelector } from './selector-match.js'

/** Labels that Prometheus puts on every series it scrapes, as far as they are known. */
export interface TargetLabels {
  readonly names: ReadonlySet<string>
  /** Whether service discovery or relabelling may add others. */
  readonly open: boolean
  /** Of labels that every target has: all values that targets have, where they are known. */
  readonly values?: ReadonlyMap<string, readonly string[]>
  /** Whether a Prometheus configuration tells them; if not, `names` are those that most set-ups use. */
  readonly configured: boolean
}

/** What queries are held against. */
export interface Contract {
  readonly registry: Registry
  readonly targetLabels: TargetLabels
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

/** As `LabelSources`; its selectors are joined without being copied, as each level of a long chain has them all. */
interface Sources {
  readonly selectors: Selectors
  readonly made: ReadonlySet<string>
  readonly open: boolean
}

/** A selector, or those of two operands, in the order of the text. */
type Selectors = VectorSelector | readonly [Selectors, Selectors] | undefined

function joined(a: Selectors, b: Selectors): Selectors {
  if (a === undefined) return b
  return b === undefined ? a : [a, b]
}

function selectorsIn(selectors: Selectors): VectorSelector[] {
  const found: VectorSelector[] = []
  const rest = [selectors]
  for (let next = rest.pop(); next; next = rest.pop()) {
    if ('type' in next) found.push(next)
    else rest.push(next[1], next[0])
  }
  return found
}

const nowhere: Sources = { selectors: undefined, made: new Set(), open: false }
const anywhere: Sources = { selectors: undefined, made: new Set(), open: true }

/** The labels that series of a selector can carry. */
export function selectorLabels(selector: VectorSelector, { registry, targetLabels }: Contract): LabelNames {
  const match = matchSelector(selector, registry)
  if (match.kind !== 'known') return { names: new Set(), open: true }
  const names = new Set<string>(['__name__'])
  let open = false
  for (const family of match.families) {
    const own = familyLabels(family, targetLabels)
    for (const name of own.names) names.add(name)
    open ||= own.open
    if (match.series.some((series) => series.endsWith('_bucket')) && family.type === 'histogram') names.add('le')
    if (family.type === 'summary' && match.series.includes(family.name)) names.add('quantile')
  }
  return { names, open }
}

/**
 * The labels of a family's series in Prometheus: its own, the target's, and `exported_x` where both have an `x`
 * (Prometheus: scrape configuration, `honor_labels`). What Prometheus itself makes has no target labels.
 */
function familyLabels(family: Family, targetLabels: TargetLabels): LabelNames {
  const names = new Set(family.labels.map(({ name }) => name))
  if (family.origin.kind === 'recording-rule') return { names, open: family.labelsOpen }
  for (const { name } of family.labels) if (targetLabels.names.has(name)) names.add(`exported_${name}`)
  for (const name of targetLabels.names) names.add(name)
  return { names, open: family.labelsOpen || targetLabels.open || (!targetLabels.configured && isOfAnyTarget(family)) }
}

/**
 * Whether every target has series of a family: `up` and its like, and what client libraries expose of any process.
 * Without a Prometheus configuration nothing tells which targets there are and what labels they bear.
 */
function isOfAnyTarget({ name, origin }: Family): boolean {
  return origin.kind === 'built-in' || (origin.kind === 'catalog' && /^(?:process|go|python|nodejs|jvm)_/.test(name))
}

/** Finds where the labels of an expression's result come from, and of the result of each expression in it. */
export function labelSources(expr: Expr): ReadonlyMap<Expr, LabelSources> {
  const sources = new Map<Expr, LabelSources>()
  fold<Sources>(expr, (node, inner) => {
    const { selectors, made, open } = sourcesOf(node, inner)
    sources.set(node, { made, open, get selectors() { return selectorsIn(selectors) } })
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

/** What is known of a result: the labels that it can have, and where they come from. */
interface Labelled {
  readonly labels: LabelNames
  readonly sources: Sources
}

/** The labels that the result of an expression can have. */
export function resultLabels(expr: Expr, contract: Contract): LabelNames {
  const { labels } = fold<Labelled>(expr, (node, inner) => {
    const sources = sourcesOf(node, inner.map((one) => one.sources))
    return { sources, labels: labelsOf(node, inner.map((one) => one.labels), sources, contract) }
  })
  return labels
}

/** As `resultLabels`, from those of the expressions directly inside. */
function labelsOf(expr: Expr, inner: readonly LabelNames[], { made, open }: Sources, contract: Contract): LabelNames {
  switch (expr.type) {
    case 'VectorSelector':
      return selectorLabels(expr, contract)
    case 'MatrixSelector':
      return inner[0]!
    case 'SubqueryExpr':
    case 'ParenExpr':
    case 'UnaryExpr':
      return withoutNames(inner[0]!, expr.type === 'UnaryExpr' ? ['__name__'] : [])
    case 'AggregateExpr': {
      const aggregated = inner.at(-1)!
      const op = literalOf(expr.op)
      if (op === undefined) return { names: new Set(), open: true }
      if (['topk', 'bottomk', 'limitk', 'limit_ratio'].includes(op)) return aggregated
      const kept = grouped(aggregated, expr.grouping)
      return op === 'count_values' ? addNames(kept, [stringArgument(expr.param)]) : kept
    }
    case 'Call': {
      const vectors = inner.filter((_, i) => ['vector', 'matrix', 'none'].includes(valueType(expr.args[i]!)))
      const carried = literalOf(expr.func) === 'scalar' ? [] : vectors
      return addNames(withoutNames(unionNames(carried, open), ['__name__']), [...made])
    }
    case 'BinaryExpr':
      return binaryLabels(expr, inner[0]!, inner[1]!)
    case 'TemplateExpr':
      return { names: new Set(), open: true }
    default:
      return { names: new Set(), open: false }
  }
}

function binaryLabels(expr: BinaryExpr, lhs: LabelNames, rhs: LabelNames): LabelNames {
  if (expr.op === 'template') return { names: new Set(), open: true }
  if (expr.op === 'and' || expr.op === 'unless') return lhs
  if (expr.op === 'or') return unionNames([lhs, rhs], false)
  if (valueType(expr.lhs) === 'scalar') return withoutNames(rhs, ['__name__'])
  if (valueType(expr.rhs) === 'scalar') return withoutNames(lhs, ['__name__'])
  const { matching } = expr
  if (matching?.card === 'many-to-one') return addNames(withoutNames(lhs, ['__name__']), matching.include.map(literalOf))
  if (matching?.card === 'one-to-many') return addNames(withoutNames(rhs, ['__name__']), matching.include.map(literalOf))
  if (matching?.explicit) return grouped(lhs, { without: !matching.on, labels: matching.labels })
  return withoutNames(lhs, ['__name__'])
}

function grouped(inner: LabelNames, grouping: { without: boolean; labels: readonly Text[] } | undefined): LabelNames {
  if (grouping === undefined) return { names: new Set(), open: false }
  const labels = grouping.labels.map(literalOf)
  if (grouping.without) return withoutNames(inner, ['__name__', ...labels.filter((label) => label !== undefined)])
  return addNames({ names: new Set(), open: false }, labels.filter((label) => label === undefined || inner.open || inner.names.has(label)))
}

function unionNames(sets: readonly LabelNames[], open: boolean): LabelNames {
  return { names: new Set(sets.flatMap(({ names }) => [...names])), open: open || sets.some((set) => set.open) }
}

function withoutNames({ names, open }: LabelNames, gone: readonly string[]): LabelNames {
  return { names: new Set([...names].filter((name) => !gone.includes(name))), open }
}

function addNames({ names, open }: LabelNames, added: readonly (string | undefined)[]): LabelNames {
  return {
    names: new Set([...names, ...added.filter((name) => name !== undefined)]),
    open: open || added.includes(undefined),
  }
}
