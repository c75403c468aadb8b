import type { Random } from './random.js'

/** A query as a dashboard has it, and as Prometheus is asked it: with values for its variables. */
export interface GeneratedQuery {
  readonly text: string
  readonly asked: string
}

/** A random query over the series of the world that has a type, and often an answer. */
export function generatedQuery(random: Random): GeneratedQuery {
  const variables = new Map<string, string>()
  const text = vector({ random, variables, depth: random.pick([0, 1, 2, 2, 3, 3, 4]) })
  return { text, asked: text.replace(/\$([a-z]\w*)/g, (_, name: string) => variables.get(name) ?? '') }
}

interface Context {
  readonly random: Random
  readonly variables: Map<string, string>
  readonly depth: number
}

const deeper = (context: Context): Context => ({ ...context, depth: context.depth - 1 })

const names = [
  'done_total', 'done_total', 'sent_total', 'failed_total', 'depth', 'level', 'size_bytes', 'temperature', 'latency_seconds_bucket', 'latency_seconds_sum', 'latency_seconds_count',
  'pause_seconds', 'pause_seconds_sum', 'pause_seconds_count', 'build_info', 'pod_owner', 'up', 'up', 'kind:done:rate5m', 'kind:sent:ratio', 'job:up:low', 'nowhere',
]
const labels = ['job', 'instance', 'kind', 'status', 'zone', 'queue', 'le', 'quantile', 'version', 'exported_instance', 'mode', 'severity', 'nope']
const values: Readonly<Record<string, readonly string[]>> = {
  job: ['api', 'worker'], instance: ['a:1', 'c:1'], kind: ['x', 'y', 'z'], status: ['ok', 'error', 'failed'], zone: ['eu', 'us'], queue: ['q1'], le: ['0.1', '+Inf'],
  quantile: ['0.5'], version: ['1.2'], mode: ['ratio', 'zone'], severity: ['page'],
}
const patterns = ['.*', '.+', 'x|y', 'ok|', 'e.*', '(ok|error)', '', '[a-w].*', 'o?k', '1\\\\.2', 'api|worker', 'x', 'a.+', '.{2}']

function vector(context: Context): string {
  const { random, depth } = context
  if (depth <= 0) return selector(context)
  return random.pick([aggregate, aggregate, aggregate, call, call, call, binary, binary, binary, withScalar, withScalar, setOperation, setOperation, replaced, rateOf, quantileOf, related, offset, unary, absentOf])(deeper(context))
}

function selector(context: Context): string {
  const { random } = context
  if (random.once(14)) return `{__name__=~"${random.pick(['.+_total', 'pause.*', 'up|level', 'latency_seconds_(sum|count)', 'done_total|failed_total'])}"${matchers(context, ',')}}`
  return `${random.pick(names)}{${matchers(context, '')}}`
}

function matchers(context: Context, before: string): string {
  const { random } = context
  const list = Array.from({ length: random.pick([0, 0, 0, 1, 1, 2]) }, () => matcher(context))
  return list.length === 0 ? '' : before + list.join(',')
}

function matcher({ random, variables }: Context): string {
  const label = random.pick(random.once(3) ? labels : ['kind', 'status', 'job', 'zone'])
  const literal = random.once(8) ? '' : random.pick(values[label] ?? ['x'])
  if (random.once(8)) {
    const name = `v${variables.size}`
    variables.set(name, random.pick([literal, '.*', 'x|y', '']))
    return `${label}${random.pick(['=', '=~', '!=', '!~'])}"${random.pick(['$', '$', 'o$', 'x$'])}${name}"`.replace(/\$(?=v)/, '$')
  }
  return random.pick([`${label}="${literal}"`, `${label}="${literal}"`, `${label}!="${literal}"`, `${label}=~"${random.pick(patterns)}"`, `${label}!~"${random.pick(patterns)}"`])
}

function rangeSelector(context: Context): string {
  return `${selector(context)}[${context.random.pick(['1m', '5m', '10m'])}]`
}

function matrix(context: Context): string {
  return context.random.once(4) ? `${grouped(vector(context))}[5m:1m]` : rangeSelector(context)
}

const grouped = (text: string) => `(${text})`

function labelList(context: Context, from = labels): string {
  const { random, variables } = context
  const list = Array.from({ length: random.pick([0, 1, 1, 2, 2, 3]) }, () => random.pick(random.once(4) ? from : ['kind', 'status', 'job', 'instance', 'zone']))
  if (random.once(30)) {
    const name = `v${variables.size}`
    variables.set(name, random.pick(from))
    list.push(`$${name}`)
  }
  if (random.once(20)) list.push('__name__')
  return list.join(', ')
}

function aggregate(context: Context): string {
  const { random } = context
  const grouping = random.pick(['', `by (${labelList(context)}) `, `by (${labelList(context)}) `, `without (${labelList(context)}) `])
  const inner = random.once(2) ? rateOf(context) : vector(context)
  const op = random.pick(['sum', 'sum', 'sum', 'avg', 'min', 'max', 'count', 'count', 'group', 'stddev', 'stdvar', 'topk', 'bottomk', 'quantile', 'count_values'])
  const parameter = op === 'topk' || op === 'bottomk' ? random.pick(['1, ', '2, ', '0, ', '3, ']) : op === 'quantile' ? random.pick(['0.5, ', '1, ', '2, ']) : op === 'count_values' ? countValues : ''
  return `${op} ${grouping}(${parameter}${inner})`
}

/** By a label that comes after all others: in subqueries Prometheus 2.42 loses a label of `by` that comes after that of the values. */
const countValues = '"zz_value", '

const overTime = [
  'delta', 'idelta', 'deriv', 'changes', 'resets', 'count_over_time', 'avg_over_time', 'min_over_time', 'max_over_time', 'sum_over_time', 'last_over_time',
  'present_over_time', 'stddev_over_time', 'stdvar_over_time',
]
const ofVector = [
  'abs', 'ceil', 'floor', 'round', 'sgn', 'sqrt', 'exp', 'ln', 'log2', 'log10', 'sort', 'sort_desc', 'timestamp', 'hour', 'minute', 'day_of_week', 'day_of_month', 'day_of_year',
  'days_in_month', 'month', 'year', 'sin', 'cos', 'tan', 'atan', 'deg', 'rad', 'sinh', 'cosh', 'tanh', 'asin', 'acos', 'asinh', 'acosh', 'atanh',
]

function call(context: Context): string {
  const { random } = context
  switch (random.below(10)) {
    case 0:
    case 1:
    case 2:
      return `${random.pick(overTime)}(${matrix(context)})`
    case 3:
      return `quantile_over_time(${random.pick(['0.5', '1', '-1'])}, ${matrix(context)})`
    case 4:
      return random.pick([
        `clamp(${vector(context)}, ${number(random)}, ${number(random)})`, `clamp_min(${vector(context)}, ${number(random)})`, `clamp_max(${vector(context)}, ${number(random)})`,
        `clamp_max(${vector(context)}, scalar(${vector(context)}))`,
      ])
    case 5:
      return `vector(${random.pick([number(random), 'time()', `scalar(${vector(context)})`])})`
    case 6:
      return random.pick([`predict_linear(${matrix(context)}, 60)`, `holt(${context.depth})`.replace(/holt.*/, `round(${vector(context)}, ${random.pick(['5', '0.1'])})`)])
    case 7:
      return random.pick(['time() - timestamp(up)', 'hour()', 'minute()', 'month()', 'year()', 'day_of_week()', 'vector(pi())'])
    default:
      return `${random.pick(ofVector)}(${vector(context)})`
  }
}

function rateOf(context: Context): string {
  return `${context.random.pick(['rate', 'rate', 'increase', 'irate'])}(${matrix(context)})`
}

function quantileOf(context: Context): string {
  const { random } = context
  const buckets = random.pick([
    `rate(latency_seconds_bucket{${matchers(context, '')}}[5m])`, `sum by (le, kind) (rate(latency_seconds_bucket[5m]))`, `sum by (${labelList(context)}) (rate(latency_seconds_bucket[5m]))`,
    'latency_seconds_bucket', `sum without (instance) (latency_seconds_bucket)`, vector(context),
  ])
  return `histogram_quantile(${random.pick(['0.9', '0.5', '2'])}, ${buckets})`
}

function number(random: Random): string {
  return random.pick(['0', '1', '2', '-1', '0.5', '100', '-0.5', '3', 'NaN', '1e9', '-2', '20'])
}

function scalar(context: Context): string {
  const { random } = context
  return random.pick([number(random), number(random), number(random), `(${number(random)} * ${number(random)})`, 'time()', `scalar(${vector({ ...context, depth: 0 })})`])
}

function withScalar(context: Context): string {
  const { random } = context
  const op = random.pick(['+', '-', '*', '/', '%', '^', 'atan2', '==', '!=', '<', '<=', '>', '>=', '<', '>', '== bool', '> bool', '!= bool'])
  return random.once(3) ? `${scalar(context)} ${op} ${grouped(vector(context))}` : `${grouped(vector(context))} ${op} ${scalar(context)}`
}

function binary(context: Context): string {
  const { random } = context
  const op = random.pick(['+', '-', '*', '/', '/', '/', '%', '^', 'atan2', '==', '!=', '<', '>', '<=', '>=', '== bool', '< bool'])
  const by = `${random.pick(['by', 'by', 'without'])} (${labelList(context)})`
  const [left, right] = random.pick([
    () => [vector(context), vector(context)],
    () => [`sum ${by} (${vector(context)})`, `sum ${by} (${vector(context)})`],
    () => [`sum ${by} (${vector(context)})`, `count by (${labelList(context)}) (${vector(context)})`],
    () => [selector(context), selector(context)],
  ])() as [string, string]
  const matching = random.pick(['', '', `on (${labelList(context)})`, `ignoring (${labelList(context)})`, `ignoring (${labelList(context)})`])
  const group = matching === '' || !random.once(2) ? '' : `${random.pick(['group_left', 'group_right'])} (${random.pick(['', 'kind', 'version', 'zone', '__name__', 'nope'])})`
  return `${grouped(left)} ${op} ${matching} ${group} ${grouped(right)}`
}

/** A part of a metric and the whole of it, or the joining of a label: what people write. */
function related(context: Context): string {
  const { random } = context
  const name = random.pick(['done_total', 'sent_total', 'failed_total', 'latency_seconds_count'])
  const base = random.once(4) ? matcher({ ...context, variables: new Map([['x', '']]) }) : ''
  const safe = base.includes('$') ? '' : base
  const inside = (extra: string) => [safe, extra].filter((one) => one !== '').join(', ')
  const part = random.pick(['status="ok"', 'kind="x"', 'status=~"ok|error"', 'job="api"', ''])
  const wrap = random.pick([
    (x: string) => x, (x: string) => `rate(${x}[5m])`, (x: string) => `increase(${x}[10m])`, (x: string) => `rate(${x}[5m] offset 2m)`,
    (x: string) => `sum(rate(${x}[5m]))`, (x: string) => `sum by (kind, status) (${x})`, (x: string) => `sum by (job) (rate(${x}[5m]))`, (x: string) => `max without (instance) (${x})`,
    (x: string) => `avg without (status) (rate(${x}[5m]))`,
  ])
  const matching = random.pick(['', '', '', 'on (kind, status, job, instance)', 'ignoring (status)', 'on (job)', 'ignoring (zone)'])
  const op = random.pick(['/', '/', '-', '==', '!=', '<', '>=', 'unless', 'and'])
  const [left, right] = random.once(2) ? [part, ''] : ['', part]
  if (random.once(6)) return `${random.pick(['up', 'size_bytes', 'depth{queue="q1"}'])} ${op} on (${random.pick(['instance', 'instance, kind', 'job, instance'])}) ${random.pick(['up', 'size_bytes', 'build_info'])}`
  if (random.once(4)) return `${grouped(vector(context))} * on (job, instance) group_left (${random.pick(['version', 'kind', ''])}) build_info`
  return `${wrap(`${name}{${inside(left)}}`)} ${op} ${matching} ${wrap(`${name}{${inside(right)}}`)}`
}

function setOperation(context: Context): string {
  const { random } = context
  const matching = random.pick(['', '', `on (${labelList(context)})`, `ignoring (${labelList(context)})`, 'on ()'])
  return `${grouped(vector(context))} ${random.pick(['and', 'or', 'or', 'unless'])} ${matching} ${grouped(vector(context))}`
}

function replaced(context: Context): string {
  const { random } = context
  const dst = random.pick(['kind', 'status', 'zone', 'made'])
  if (random.once(3)) return `label_join(${vector(context)}, "${dst}", "${random.pick(['-', ''])}", "${random.pick(labels)}"${random.once(2) ? `, "${random.pick(labels)}"` : ''})`
  const [replacement, pattern] = random.pick([['$1', '(.*)'], ['$1', '(.+)'], ['fixed', '.*'], ['fixed', 'x'], ['', '.*'], ['${1}-a', '(.).*'], ['$1', '(e.*)'], ['fixed', '.+']])
  return `label_replace(${vector(context)}, "${dst}", "${replacement}", "${random.pick(['kind', 'status', 'job', 'nope', 'zone'])}", "${pattern}")`
}

function offset(context: Context): string {
  return `${selector(context)} ${context.random.pick(['offset 5m', `@ ${1_700_000_000 + 900}`, 'offset -1m'])}`
}

function unary(context: Context): string {
  return `-${grouped(vector(context))}`
}

function absentOf(context: Context): string {
  const { random } = context
  const name = random.pick(['nowhere', 'nowhere', 'done_total', 'up', 'level'])
  const own = `${name}{${matchers(context, '')}}`
  return random.pick([`absent(${own})`, `absent(${own})`, `absent_over_time(${own}[1m])`, `absent(${vector(context)})`, `absent((${own}))`])
}
