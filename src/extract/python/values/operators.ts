import type { Place } from '../../../text/source.js'
import { addEntries, maximumItems } from './containers.js'
import { joinTexts, percentFormat, pythonText } from './text-values.js'
import type { ConstantValue, DictionaryValue, SequenceValue, TextValue, Value } from './types.js'
import { isInteger, mapOptions, mayHaveMore, optionsOf, sequence, truth, union, unknown, unknownInteger } from './values.js'

/** `left + right` of texts, lists and numbers. */
export function addValues(left: Value, right: Value, place: Place): Value {
  if (optionsOf(left).some(isText) || optionsOf(right).some(isText)) {
    return joinTexts([left, right], place)
  }
  return mapOptions(left, (a) => mapOptions(right, (b): Value => {
    if (a.kind === 'sequence' && b.kind === 'sequence') return concatenated(a, b)
    if (a.kind === 'sequence') return sequence([...a.items], true, a.perhaps !== undefined)
    if (b.kind === 'sequence') return sequence([...b.items], true, b.perhaps !== undefined)
    return calculate('+', a, b)
  }))
}

function concatenated(a: SequenceValue, b: SequenceValue): SequenceValue {
  const items = [...a.items, ...b.items].slice(0, maximumItems)
  const perhaps = new Set([...a.perhaps ?? [], ...[...b.perhaps ?? []].map((index) => a.items.length + index)])
  return { ...sequence(items, mayHaveMore(a) || mayHaveMore(b) || a.items.length + b.items.length > items.length), ...(perhaps.size > 0 && { perhaps }) }
}

function isText(value: Value): value is TextValue {
  return value.kind === 'text'
}

/** A binary operation on values that are known; comparisons and logic included. */
export function applyOperator(op: string, left: Value, right: () => Value, place: Place): Value {
  if (op === 'and' || op === 'or') {
    const decided = truth(left)
    if (decided === (op === 'or')) return left
    if (decided !== undefined) return right()
    const possible = optionsOf(left).filter((option) => truth(option) !== (op === 'and'))
    return union([...possible, right()])
  }
  if (op === '+') return addValues(left, right(), place)
  if (op === '%' && optionsOf(left).some(isText)) {
    const values = right()
    return mapOptions(left, (option) => {
      if (!isText(option)) return unknown('computed at run time')
      return values.kind === 'union' && values.options.some((each) => each.kind === 'dictionary' || each.kind === 'sequence')
        ? mapOptions(values, (value) => percentFormat(option, value, place))
        : percentFormat(option, values, place)
    })
  }
  if (op === '|') {
    return mapOptions(left, (a) => mapOptions(right(), (b): Value => {
      if (a.kind === 'dictionary' && b.kind === 'dictionary') {
        const merged: DictionaryValue = { kind: 'dictionary', entries: [], open: false }
        addEntries(merged, a)
        addEntries(merged, b)
        return merged
      }
      return a.kind === 'sequence' && b.kind === 'sequence' ? concatenated(a, b) : unknown('computed at run time')
    }))
  }
  const other = right()
  if (['==', '!=', 'is', 'is not', 'in', 'not in'].includes(op)) return compareValues(op, left, other)
  return mapOptions(left, (a) => mapOptions(other, (b) => calculate(op, a, b)))
}

function compareValues(op: string, left: Value, right: Value): Value {
  const undecided = unknown('compared at run time')
  if (left.kind === 'union' || right.kind === 'union') return undecided
  const negative = op === '!=' || op === 'is not' || op === 'not in'
  const answer = (equal: boolean): Value => ({ kind: 'constant', value: equal !== negative })
  if (op === 'in' || op === 'not in') {
    const needle = pythonText(left)
    if (needle === undefined) return undecided
    if (right.kind === 'text' && right.parts.length === 1) return answer(right.parts[0]!.includes(needle))
    const found = right.kind === 'sequence' || right.kind === 'dictionary' ? hasMember(right, needle) : undefined
    return found === undefined ? undecided : answer(found)
  }
  if (right.kind === 'constant' && right.value === null) {
    if (left.kind === 'unknown' || left.kind === 'external') return undecided
    return answer(left.kind === 'constant' && left.value === null)
  }
  const members = left.kind === 'instance' && right.kind === 'instance' && left.class === right.class ? [left.member?.name, right.member?.name] : []
  if (members.length > 0 && !members.includes(undefined)) return answer(members[0] === members[1])
  const [a, b] = [pythonText(left), pythonText(right)]
  if (a === undefined || b === undefined) return undecided
  const arePlain = [left, right].every(({ kind }) => kind === 'text' || kind === 'constant')
  return left.kind === right.kind ? answer(a === b) : arePlain ? answer(false) : undecided
}

/** Whether a text is among the items of a list or the keys of a dictionary, where that is known. */
function hasMember(container: SequenceValue | DictionaryValue, needle: string): boolean | undefined {
  if (container.open) return undefined
  const members = container.kind === 'sequence'
    ? container.items.map((item, index) => ({ text: pythonText(item), mayLack: container.perhaps?.has(index) === true }))
    : container.entries.map(({ key, perhaps }) => ({ text: pythonText(key), mayLack: perhaps === true }))
  if (members.some(({ text, mayLack }) => text === needle && !mayLack)) return true
  return container.isHandedOn || members.some(({ text }) => text === undefined || text === needle) ? undefined : false
}

function calculate(op: string, left: Value, right: Value): Value {
  const undecided = unknown('computed at run time')
  if (op === '*' && left.kind === 'sequence' && right.kind === 'constant' && typeof right.value === 'number' && right.value < 100) {
    return sequence(Array.from({ length: right.value }, () => left.items).flat(), left.open)
  }
  if (left.kind !== 'constant' || right.kind !== 'constant') {
    return isInteger(left) && isInteger(right) && wholeOperators.has(op) ? unknownInteger('computed at run time') : undecided
  }
  const [a, b] = [left.value, right.value]
  if (typeof a !== 'number' || typeof b !== 'number') return undecided
  const result = arithmetic(op, a, b)
  return result === undefined || Number.isNaN(result) ? undecided : { kind: 'constant', value: result }
}

/** What gives a whole number for two of them. */
const wholeOperators: ReadonlySet<string> = new Set(['+', '-', '*', '//', '%', '<<', '>>', '&', '^'])

function arithmetic(op: string, a: number, b: number): number | boolean | undefined {
  switch (op) {
    case '<': return a < b
    case '>': return a > b
    case '<=': return a <= b
    case '>=': return a >= b
    case '+': return a + b
    case '-': return a - b
    case '*': return a * b
    case '/': return b === 0 ? undefined : a / b
    case '//': return b === 0 ? undefined : Math.floor(a / b)
    case '**': return a ** b
    case '%': return b === 0 ? undefined : ((a % b) + b) % b
    default: return undefined
  }
}

export function applyUnary(op: string, operand: Value): Value {
  if (op === 'not') {
    const decided = truth(operand)
    return decided === undefined ? unknown('decided at run time') : { kind: 'constant', value: !decided }
  }
  return mapOptions(operand, (option): Value => {
    if (isInteger(option) && option.kind === 'unknown') return option
    if (option.kind !== 'constant' || typeof option.value !== 'number') return unknown('computed at run time')
    return op === '-' ? ({ kind: 'constant', value: -option.value } satisfies ConstantValue) : option
  })
}

