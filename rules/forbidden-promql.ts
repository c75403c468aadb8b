import { askedName, literalOf, spelling } from '../src/contract/selector-match.js'
import { matches, patternSchema } from '../src/lint/patterns.js'
import { isOfKind, queryKindsSchema, type QueryKind } from '../src/lint/query-kinds.js'
import { defineRule } from '../src/lint/rule.js'
import type { Expr, LabelMatcher, MatchOp, Text, VectorSelector } from '../src/promql/ast.js'
import { walk } from '../src/promql/index.js'

/** What is forbidden is all of what an entry names. */
interface Forbidden {
  readonly function?: string
  readonly metric?: string
  readonly unnamed?: true
  readonly label?: string
  readonly op?: MatchOp
  readonly value?: string
  readonly outside?: readonly string[]
  readonly in?: readonly QueryKind[]
  readonly because?: string
}

interface Options {
  readonly forbid?: readonly Forbidden[]
}

/** A selector with the function that it is handed to. */
interface Use {
  readonly selector: VectorSelector
  readonly handedTo: string | undefined
}

export default defineRule<'query', Options>({
  name: 'forbidden-promql',
  subject: 'query',
  severity: 'off',
  summary: 'No query has what the team forbids: functions, metrics, matchers',
  needsOptions: true,
  options: {
    type: 'object',
    properties: {
      forbid: {
        type: 'array',
        minItems: 1,
        description: 'What no query may have; each entry forbids what is all of it',
        items: {
          type: 'object',
          properties: {
            function: patternSchema('A function or aggregation'),
            metric: patternSchema('A selector of such a metric; with "function", one that is handed to it'),
            unnamed: { const: true, description: 'A selector that names no metric' },
            label: patternSchema('A selector with a matcher on such a label'),
            op: { enum: ['=', '!=', '=~', '!~'], description: 'How that label is compared' },
            value: patternSchema('With what that label is compared'),
            outside: { type: 'array', items: { type: 'string' }, minItems: 1, description: 'Only where the selector is not handed to one of these functions' },
            in: queryKindsSchema,
            because: { type: 'string', description: 'The reason, which the message ends with' },
          },
          anyOf: [{ required: ['function'] }, { required: ['metric'] }, { required: ['unnamed'] }, { required: ['label'] }],
          errorMessage: 'an entry needs one of "function", "metric", "unnamed" and "label"',
          additionalProperties: false,
        },
      },
    },
    additionalProperties: false,
  },
  patterns: ({ forbid = [] }) => forbid.flatMap(({ function: name, metric, label, value }) => [name, metric, label, value].filter((one) => one !== undefined)),
  check(query, { options: { forbid = [] }, report }) {
    const { expr } = query.parsed
    const entries = forbid.filter((entry) => isOfKind(query, entry.in))
    if (expr === undefined || entries.length === 0) return
    const tell = ({ start, end }: Expr | Text | LabelMatcher, what: string, { because }: Forbidden) => {
      report({ at: query.place(start, end), message: `${what} is forbidden${because === undefined ? '' : `: ${because}`}` })
    }
    const uses: Use[] = []
    const handedOver = new Set<Expr>()
    walk(expr, (node) => {
      const name = functionName(node)
      const args = node.type === 'Call' ? node.args : node.type === 'AggregateExpr' ? [node.expr] : []
      const handed = args.flatMap((arg) => selectorIn(arg) ?? [])
      for (const selector of handed) {
        handedOver.add(selector)
        uses.push({ selector, handedTo: name && literalOf(name) })
      }
      for (const entry of entries) {
        if (entry.function === undefined || name === undefined || !matches(entry.function, literalOf(name) ?? '')) continue
        if (!isOfSelectors(entry) || handed.some((selector) => forbiddenIn(selector, entry))) tell(name, `"${literalOf(name)!}"${isOfSelectors(entry) ? ' of such series' : ''}`, entry)
      }
      if (node.type === 'VectorSelector' && !handedOver.has(node)) uses.push({ selector: node, handedTo: undefined })
    })
    for (const entry of entries.filter((one) => one.function === undefined)) {
      for (const { selector, handedTo } of uses) {
        if (handedTo !== undefined && entry.outside?.includes(handedTo)) continue
        const found = forbiddenIn(selector, entry)
        if (!found) continue
        const asked = askedName(selector)
        const what = entry.label !== undefined && found.type === 'LabelMatcher' ? query.text.slice(found.start, found.end)
          : asked === undefined ? 'A selector without a name' : `"${asked.text}"${entry.outside ? ` outside ${entry.outside.map((one) => `${one}()`).join(', ')}` : ''}`
        tell(found.type === 'LabelMatcher' ? found : selector.name ?? selector, what, entry)
      }
    }
  },
})

function functionName(node: Expr): Text | undefined {
  return node.type === 'Call' ? node.func : node.type === 'AggregateExpr' ? node.op : undefined
}

/** The selector that an argument is. */
function selectorIn(arg: Expr): VectorSelector | undefined {
  if (arg.type === 'ParenExpr' || arg.type === 'SubqueryExpr') return selectorIn(arg.expr)
  return arg.type === 'MatrixSelector' ? arg.vectorSelector : arg.type === 'VectorSelector' ? arg : undefined
}

function isOfSelectors({ metric, unnamed, label }: Forbidden): boolean {
  return metric !== undefined || unnamed === true || label !== undefined
}

/** The matcher, or else the selector, that an entry forbids. */
function forbiddenIn(selector: VectorSelector, { metric, unnamed, label, op, value }: Forbidden): VectorSelector | LabelMatcher | undefined {
  const asked = askedName(selector)
  if (metric !== undefined && !(asked?.kind === 'exact' && matches(metric, asked.text))) return undefined
  if (unnamed && (asked !== undefined || selector.name !== undefined || selector.matchers.some(({ name }) => literalOf(name) === '__name__'))) return undefined
  if (label === undefined) return selector
  return selector.matchers.find((matcher) => matches(label, literalOf(matcher.name) ?? '')
    && (op === undefined || matcher.op === op)
    && (value === undefined || matches(value, spelling(matcher.value))))
}
