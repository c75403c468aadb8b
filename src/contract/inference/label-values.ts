import type { ClosedValues, LabelValues, OpenValues, Reason, ValueTest } from './types.js'

export const unknownReason: Reason = { kind: 'unknown' }

export function closed(values: Iterable<string>, why: Reason): ClosedValues {
  return { kind: 'closed', values: new Set(values), why }
}

export function absent(why: Reason): ClosedValues {
  return { kind: 'closed', values: onlyAbsent, why }
}

const onlyAbsent: ReadonlySet<string> = new Set([''])

export function open(mayBeAbsent: boolean, why: Reason): OpenValues {
  return { kind: 'open', mayBeAbsent, tests: noTests, why }
}

const noTests: readonly ValueTest[] = []

/** Of what is there, only what passes a test. */
export function passing(mayBeAbsent: boolean, test: ValueTest, why: Reason): OpenValues {
  return { kind: 'open', mayBeAbsent, tests: [test], why }
}

export function mayBeAbsent(label: LabelValues): boolean {
  return label.kind === 'open' ? label.mayBeAbsent : label.values.has('')
}

export function isAbsent(label: LabelValues): boolean {
  return label.kind === 'closed' && label.values.size === 1 && label.values.has('')
}

export function isImpossible(label: LabelValues): boolean {
  return label.kind === 'closed' && label.values.size === 0
}

/** What a label is where both hold. */
export function meet(a: LabelValues, b: LabelValues): LabelValues {
  if (a === b) return a
  if (a.kind === 'open' && b.kind === 'open') {
    if (a.tests.length === 0 && (a.mayBeAbsent || !b.mayBeAbsent)) return b
    if (b.tests.length === 0 && (b.mayBeAbsent || !a.mayBeAbsent)) return a
    const stricter = a.tests.length > b.tests.length || (!a.mayBeAbsent && b.mayBeAbsent) ? a : b
    return { kind: 'open', mayBeAbsent: a.mayBeAbsent && b.mayBeAbsent, tests: a.tests.length === 0 ? b.tests : b.tests.length === 0 ? a.tests : [...a.tests, ...b.tests], why: stricter.why }
  }
  if (a.kind === 'open') return meet(b, a)
  const kept = [...a.values].filter((value) => admits(b, value))
  if (kept.length === a.values.size) return a
  return { kind: 'closed', values: new Set(kept), why: b.kind === 'closed' && b.values.size <= a.values.size ? b.why : a.why }
}

/** Whether a label can have a value; `''`: be absent. */
export function admits(label: LabelValues, value: string): boolean {
  if (label.kind === 'closed') return label.values.has(value)
  return value === '' ? label.mayBeAbsent : label.tests.every((passes) => passes(value))
}

/** What a label is where one or the other holds. */
export function join(a: LabelValues, b: LabelValues): LabelValues {
  if (a === b) return a
  if (a.kind === 'closed' && b.kind === 'closed') {
    if (a.values.size === b.values.size && [...a.values].every((value) => b.values.has(value))) return a
    return { kind: 'closed', values: new Set([...a.values, ...b.values]), why: isAbsent(a) ? b.why : a.why }
  }
  return { kind: 'open', mayBeAbsent: mayBeAbsent(a) || mayBeAbsent(b), tests: noTests, why: a.kind === 'open' ? a.why : b.why }
}

/** The values that pass a test, which is asked of `''` where the label is absent. */
export function filter(label: LabelValues, passes: ValueTest, why: Reason): LabelValues {
  if (label.kind === 'closed') {
    const kept = [...label.values].filter(passes)
    return kept.length === label.values.size ? label : { kind: 'closed', values: new Set(kept), why }
  }
  return { kind: 'open', mayBeAbsent: label.mayBeAbsent && passes(''), tests: [...label.tests, passes], why }
}
