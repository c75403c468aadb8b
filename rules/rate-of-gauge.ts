import { declarationsOf, describeDeclaration } from '../src/contract/describe.js'
import { recordingsByName, type Recording } from '../src/contract/inference/recordings.js'
import type { Kind } from '../src/contract/inference/types.js'
import { isProducer } from '../src/contract/producers.js'
import { literalOf, matchSelector } from '../src/contract/selector-match.js'
import { headOf, isWholeTruth } from '../src/lint/explain-labels.js'
import { defineRule, type Finding } from '../src/lint/rule.js'
import { walk, type Call, type Expr } from '../src/promql/index.js'
import type { Family } from '../src/registry/types.js'
import type { Query, Workspace } from '../src/workspace/workspace.js'

/** Functions that take each fall for a start from 0. */
const ofCounters = new Set(['rate', 'irate', 'increase'])

export default defineRule({
  name: 'rate-of-gauge',
  subject: 'workspace',
  severity: 'warning',
  summary: 'Each rate is of a counter',
  check(workspace, { report }) {
    const counted = new Map<Family, Rate>()
    const recordings = recordingsByName(workspace.recordings ?? [])
    for (const rate of ratesOf(workspace)) {
      const family = gaugeOf(rate, workspace)
      const isCountedUp = family?.movement === 'up'
      if (family === undefined ? !isOfSum(rate, recordings, workspace) : isCountedUp && counted.has(family)) continue
      if (!isWholeTruth(rate.node, workspace)) continue
      if (family && isCountedUp) counted.set(family, rate)
      else if (family) report(ofGauge(family, rate))
      else {
        const record = recordedSum(rate.argument, recordings, workspace)
        report(record === undefined ? ofSum(rate) : ofRecordedSum(rate, record))
      }
    }
    for (const [family, rate] of counted) report(ofCountedUp(family, rate))
  },
})

type RecordingsByName = ReadonlyMap<string, readonly Recording[]>

/** A call that takes each fall of its argument for a start from 0. */
interface Rate {
  readonly name: string
  readonly node: Call
  readonly argument: Expr
  readonly query: Query
}

function ratesOf({ queries }: Workspace): Rate[] {
  return queries.flatMap((query) => {
    const { expr, errors } = query.parsed
    const found: Rate[] = []
    if (expr === undefined || errors.length > 0) return found
    walk(expr, (node) => {
      if (node.type !== 'Call') return
      const name = literalOf(node.func)
      const [argument] = node.args
      if (name !== undefined && argument !== undefined && ofCounters.has(name)) found.push({ name, node, argument, query })
    })
    return found
  })
}

/**
 * The gauge that a rate is of, by the word of the code that sets, decrements or only increments it, or of a registry
 * file; `undefined` where something of it is not known. What code records in ways that are not all known may only rise.
 */
function gaugeOf({ argument }: Rate, workspace: Workspace): Family | undefined {
  const { shapes } = workspace.infer(argument)
  const [family] = shapes[0]?.families ?? []
  if (family === undefined) return undefined
  return shapes.every(({ kind, families }) => kind === 'gauge' && families.length > 0 && families.every((one) => isKnownGauge(one) && one.movement === family.movement)) ? family : undefined
}

/** What exporters copy from a counter of the system: `jobs_done_total`, `network_rx_bytes`, `bytes_sent`. */
const calledLikeCounter = /_total$|(?:^|_)(?:rx|tx|receive[ds]?|transmit(?:ted)?|sent|read|written)_(?:bytes|packets|errors|dropped)$|_(?:bytes|packets)_(?:rx|tx|received|recv|transmitted|sent|read|written)$/
const saidToCount = /\bcumulative\b|\btotal number of\b|\bsince (?:the )?(?:start|boot)/i

/** What is called like a counter most likely is one, declared wrongly: that is told of the name, where it is declared. */
function isKnownGauge({ name, help = '', origin, movement }: Family): boolean {
  return !calledLikeCounter.test(name) && !saidToCount.test(help) && isProducer(origin) && (movement !== undefined || (origin.kind === 'registry-file' && origin.from?.kind !== 'code'))
}

function ofGauge(family: Family, { name, argument, query }: Rate): Finding {
  const how = family.movement === 'freely' ? ', and the code sets or decrements it' : ''
  return {
    at: query.place(argument.start, argument.end),
    message: `${name}() of "${family.name}" (${describeDeclaration(family)}) takes each fall for a restart${how}. Use the gauge itself, or delta() or deriv() of it; declare it as a counter if it only ever rises`,
    context: query.context,
    data: { metric: family.name },
    related: declarationsOf([family]),
  }
}

/** Of what is only ever incremented the rate is right and the declaration is not. */
function ofCountedUp(family: Family, { name, argument, query }: Rate): Finding {
  const use = query.place(argument.start, argument.end)
  const [declaration] = family.origin.kind === 'code' ? family.declarations : []
  const context = declaration ? undefined : query.context
  return {
    at: declaration?.place ?? use,
    message: `The code only ever increments "${family.name}", and a query takes ${name}() of it: declare it as a counter, not a gauge`,
    ...(context !== undefined && { context }),
    data: { metric: family.name },
    related: declaration ? [{ place: use, message: 'its rate is taken here' }] : declarationsOf([family]),
  }
}

/** Whether a rate is over an aggregation of counters, in a subquery or in a recording rule. */
function isOfSum({ argument }: Rate, recordings: RecordingsByName, workspace: Workspace): boolean {
  const { shapes } = workspace.infer(argument)
  return (sumIn(argument) !== undefined || recordedSum(argument, recordings, workspace) !== undefined) && shapes.length > 0 && shapes.every(({ kind }) => isCounted(kind))
}

function ofSum({ name, argument, query }: Rate): Finding {
  return {
    at: query.place(argument.start, argument.end),
    message: `${name}() of a "${headOf(sumIn(argument)!, query)}" of counters takes each restart of one for a restart of all. Take the ${name}() of each first, and aggregate that`,
    context: query.context,
  }
}

function ofRecordedSum({ name, argument, query }: Rate, record: string): Finding {
  return {
    at: query.place(argument.start, argument.end),
    message: `"${record}" is a recorded sum of counters: ${name}() of it takes each restart of one for a restart of all. Record the sum of the ${name}() of each`,
    context: query.context,
    data: { metric: record },
  }
}

/**
 * The record that a range is of, where all rules of its name record sums. The highest of counters is recorded to make
 * one of replicas that count the same.
 */
function recordedSum(argument: Expr, recordings: RecordingsByName, workspace: Workspace): string | undefined {
  const selector = argument.type === 'MatrixSelector' ? argument.vectorSelector : undefined
  const match = selector && matchSelector(selector, workspace.registry)
  if (match?.kind !== 'known' || !match.families.every(({ origin }) => origin.kind === 'recording-rule')) return undefined
  const rules = match.families.flatMap(({ name }) => recordings.get(name) ?? [])
  const isSum = ({ expr }: Recording) => expr !== undefined && aggregationIn(expr, ['sum']) !== undefined
  return rules.length > 0 && rules.every(isSum) ? match.families[0]?.name : undefined
}

function sumIn(argument: Expr): Expr | undefined {
  return argument.type === 'SubqueryExpr' ? aggregationIn(argument.expr) : undefined
}

function aggregationIn(expr: Expr, operators = ['sum', 'avg', 'max', 'min']): Expr | undefined {
  if (expr.type === 'ParenExpr') return aggregationIn(expr.expr, operators)
  return expr.type === 'AggregateExpr' && operators.includes(literalOf(expr.op)?.toLowerCase() ?? '') ? expr : undefined
}

function isCounted(kind: Kind): boolean {
  return kind === 'counter' || kind === 'bucket' || kind === 'count'
}
