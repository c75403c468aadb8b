import fc from 'fast-check'
import { functions, type PromqlFunction, type ValueType } from '../../src/promql/index.js'

/**
 * Well-typed PromQL over the whole grammar. The choices are read from a list of numbers, so that expressions are
 * cheap to generate and shrink by shrinking the list; when it ends, each choice is the first, which nests no deeper.
 */
export function generatedExpression(): fc.Arbitrary<string> {
  return fc.uint8Array({ minLength: 8, maxLength: 100, size: 'max' }).map((choices) => expression(chooser(choices)))
}

interface Chooser {
  /** One of the alternatives; the first when there are no more choices. */
  pick<T>(alternatives: readonly T[]): T
  /** True about once in `n` times; never when there are no more choices. */
  once(n: number): boolean
  /** Whether there is something left to choose with. */
  more(): boolean
}

function chooser(choices: Uint8Array): Chooser {
  let next = 0
  const choose = (n: number) => (next < choices.length ? choices[next++]! % n : 0)
  return {
    pick: (alternatives) => alternatives[choose(alternatives.length)]!,
    once: (n) => choose(n) === n - 1,
    more: () => next < choices.length,
  }
}

function expression(from: Chooser): string {
  return from.once(5) ? scalar(from) : from.once(12) ? matrix(from) : vector(from)
}

function ofType(type: ValueType, from: Chooser): string {
  if (type === 'vector') return vector(from)
  if (type === 'matrix') return matrix(from)
  return type === 'string' ? string(from) : scalar(from)
}

function vector(from: Chooser): string {
  if (!from.more()) return 'up'
  return from.pick([
    selectorWithModifiers, selectorWithModifiers, aggregate, aggregate, binary, binary, setOperation, comparison,
    call, call, (f: Chooser) => `(${vector(f)})`, (f: Chooser) => f.pick(['-', '+', '- ']) + operand(f),
    (f: Chooser) => `${vector(f)} # a comment\n`,
  ])(from)
}

/** Something that `-` or an operator can stand before without changing how the rest is read. */
function operand(from: Chooser): string {
  return from.once(2) ? `(${vector(from)})` : selectorWithModifiers(from)
}

const names = [
  'up', 'http_requests_total', 'a:b:c', ':rate', '_x', 'sum', 'by', 'offset', 'and', 'start', 'without', 'fill',
  'max_of', 'step', 'anchored', 'OR', 'Topk',
]

function selector(from: Chooser): string {
  const labels = Array.from({ length: from.pick([0, 0, 1, 2, 3]) }, () => matcher(from))
  const inside = labels.join(from.pick([',', ', ', ' ,'])) + (labels.length > 0 && from.once(4) ? ',' : '')
  if (from.once(6)) return `{${['"some.metric"', ...labels].join(',')}}`
  if (from.once(8)) return `{${[`job="a"`, ...labels].join(',')}}`
  return from.pick(names) + (inside || from.once(6) ? `{${inside}}` : '')
}

function matcher(from: Chooser): string {
  const label = from.pick(['job', 'instance', 'by', '_le', '"label.name"', "'q'"])
  const isRegexp = from.once(2)
  const value = isRegexp ? from.pick(['".+"', '"a|b"', "'[a-z]+'", '`\\d+`', '"(?i)x.*"']) : string(from)
  return `${label}${from.pick(['', ' '])}${isRegexp ? from.pick(['=~', '!~']) : from.pick(['=', '!='])}${value}`
}

function string(from: Chooser): string {
  return from.pick(['"x"', '""', "'single \\' quote'", '`raw \\ text`', '"tab\\t"', '"\\x41\\u00e9"', '"ü€😀"', "'\"'"])
}

function modifiers(from: Chooser): string {
  const at = from.once(5) ? from.pick([' @ 1609746000', ' @ start()', ' @ end()', ' @ -1.5', '@1e3']) : ''
  const offset = from.once(4) ? ` offset ${offsetDuration(from)}` : ''
  return from.once(2) ? at + offset : offset + at
}

function selectorWithModifiers(from: Chooser): string {
  return selector(from) + (from.once(20) ? from.pick([' anchored', ' smoothed']) : '') + modifiers(from)
}

function offsetDuration(from: Chooser): string {
  return from.pick([
    () => '5m', () => '-1h30m', () => '+90', () => '1.5', () => 'step()', () => '-range()', () => '0x1F',
    () => `(${duration(from)})`, () => `-(${duration(from)})`, () => `max_of(${duration(from)}, 1m)`,
  ])()
}

function duration(from: Chooser): string {
  if (!from.more()) return '5m'
  return from.pick([
    () => '5m', () => '1h30m', () => '300', () => '1.5', () => '1y2w3d4h5m6s7ms', () => 'step()', () => 'range()',
    () => `(${duration(from)})`, () => `-${duration(from)}`, () => `${duration(from)} + ${duration(from)}`,
    () => `${duration(from)}*2`, () => `min_of(${duration(from)}, ${duration(from)})`, () => `${duration(from)} ^ 2`,
  ])()
}

function positiveDuration(from: Chooser): string {
  return from.pick([
    () => '5m', () => '1h30m', () => '300', () => '0.5', () => 'step()', () => `step() + ${duration(from)}`,
    () => `max_of(1s, ${duration(from)})`, () => `(${duration(from)})`,
  ])()
}

function matrix(from: Chooser): string {
  const extension = from.once(20) ? from.pick([' anchored', ' smoothed']) : ''
  if (from.once(3)) {
    const step = from.once(2) ? positiveDuration(from) : ''
    return `${operand(from)}[${positiveDuration(from)}:${step}]${modifiers(from)}`
  }
  return `${selector(from)}[${from.pick(['', ' '])}${positiveDuration(from)}]${extension}${modifiers(from)}`
}

function scalar(from: Chooser): string {
  if (!from.more()) return '1'
  return from.pick([
    () => from.pick(['1', '0x1f', '.5', '1.', '1e3', '1_000', 'Inf', 'NaN', '5m', '017', '1E-2', '-3']),
    () => `(${scalar(from)})`,
    () => `-${scalar(from)}`,
    () => `${scalar(from)} ${from.pick(['+', '-', '*', '/', '%', '^', 'atan2'])} ${scalar(from)}`,
    () => `${scalar(from)} ${from.pick(['==', '!=', '<', '<=', '>', '>='])} bool ${scalar(from)}`,
    () => from.pick(['time()', 'pi()', 'start()', 'step()', 'max_of(1, 2)']),
    () => `scalar(${vector(from)})`,
  ])()
}

function labels(from: Chooser): string {
  const list = Array.from({ length: from.pick([0, 1, 2]) }, () => from.pick(['job', 'instance', 'by', 'sum', '"a.b"', 'on']))
  return `(${list.join(', ')}${list.length > 0 && from.once(5) ? ',' : ''})`
}

function aggregate(from: Chooser): string {
  const [op, param] = from.pick<readonly [string, ValueType?]>([
    ['sum'], ['avg'], ['COUNT'], ['min'], ['max'], ['group'], ['stddev'], ['stdvar'], ['topk', 'scalar'],
    ['bottomk', 'scalar'], ['quantile', 'scalar'], ['count_values', 'string'], ['limitk', 'scalar'],
    ['limit_ratio', 'scalar'],
  ])
  const body = `(${param ? `${ofType(param, from)}, ` : ''}${vector(from)})`
  const grouping = from.once(2) ? `${from.pick(['by', 'without', 'BY'])} ${labels(from)}` : ''
  return from.once(2) ? `${op} ${grouping} ${body}` : `${op}${body} ${grouping}`.trimEnd()
}

function call(from: Chooser): string {
  const { name, argTypes, variadic } = from.pick(vectorFunctions)
  const least = variadic === 0 ? argTypes.length : argTypes.length - 1
  const most = variadic < 0 ? least + 3 : least + variadic
  const count = from.pick(Array.from({ length: most - least + 1 }, (_, index) => least + index))
  const args = Array.from({ length: count }, (_, index) => {
    if (name === 'info' && index === 1) return '{job="a"}'
    return ofType(argTypes[Math.min(index, argTypes.length - 1)]!, from)
  })
  return `${name}(${args.join(', ')})`
}

const vectorFunctions: readonly PromqlFunction[] = [...functions.values()].filter(({ returnType }) => returnType === 'vector')

function binary(from: Chooser): string {
  const op = from.pick(['+', '-', '*', '/', '%', '^', 'atan2', '</', '>/'])
  return `${vector(from)} ${op}${matching(from)} ${vector(from)}`
}

function comparison(from: Chooser): string {
  const op = from.pick(['==', '!=', '<', '<=', '>', '>='])
  const bool = from.once(3) ? ' bool' : ''
  return from.once(2)
    ? `${vector(from)} ${op}${bool}${matching(from)} ${vector(from)}`
    : `${vector(from)} ${op}${bool} ${scalar(from)}`
}

function matching(from: Chooser): string {
  const fill = from.once(6) ? from.pick([' fill(0)', ' fill_left (-1)', ' fill_right(NaN)', ' fill_right(1) fill_left(2)']) : ''
  if (!from.once(3)) return fill
  const group = from.once(3) ? ` ${from.pick(['group_left', 'group_right'])} (${from.pick(['', 'team'])})` : ''
  return ` ${from.pick(['on', 'ignoring'])} ${labels(from)}${group}${fill}`
}

function setOperation(from: Chooser): string {
  const on = from.once(3) ? ` ${from.pick(['on', 'ignoring'])} ${labels(from)}` : ''
  return `${vector(from)} ${from.pick(['and', 'or', 'unless', 'AND'])}${on} ${vector(from)}`
}
