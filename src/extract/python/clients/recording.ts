import { patternText } from '../../../registry/name-pattern.js'
import { moveBy, type Move } from '../../movement.js'
import { noValues, type LabelValues, type Metric } from '../values/metric.js'
import { pythonText, textPattern } from '../values/text-values.js'
import type { Arguments, Value } from '../values/types.js'
import { optionsOf } from '../values/values.js'

/** A value reaches a label. */
function addLabelValue(metric: Metric, label: string, value: Value): void {
  let known = metric.labels.get(label)
  if (!known) metric.labels.set(label, (known = noValues()))
  addShown(known, value)
}

/** What a label shows of a value. */
export function addShown(label: LabelValues, value: Value): void {
  for (const option of optionsOf(value)) {
    const shown = pythonText(option)
    const pattern = shown === undefined ? textPattern(option) : undefined
    if (shown !== undefined) label.values.add(shown)
    else if (pattern) label.patterns.set(patternText(pattern), pattern)
    else label.open = true
  }
}

/** `.labels(…)`: each declared label gets its value. */
export function recordLabels(metric: Metric, args: Arguments): void {
  metric.recorded = true
  const resolved = !args.open && (args.keyword.size > 0 || args.positional.length === metric.shape.labelNames.length)
  if (!resolved) {
    for (const label of metric.labels.values()) label.open = true
  }
  args.positional.forEach((value, index) => {
    const name = metric.shape.labelNames[index]
    if (name !== undefined) addLabelValue(metric, name, value)
  })
  for (const [name, value] of args.keyword) {
    if (metric.shape.labelNames.includes(name) || metric.labelsOpen) addLabelValue(metric, name, value)
  }
}

/** A dictionary of labels: `.info({…})`, `.add(1, {…})`. Names that are not known leave the labels open. */
export function recordDictionary(metric: Metric, value: Value | undefined): void {
  metric.recorded = true
  for (const option of value ? optionsOf(value) : []) {
    if (option.kind === 'constant') continue
    if (option.kind !== 'dictionary') {
      metric.labelsOpen = true
      openAll(metric)
      continue
    }
    if (option.open) {
      metric.labelsOpen = true
      openAll(metric)
    }
    for (const entry of option.entries) {
      for (const key of optionsOf(entry.key)) {
        const name = pythonText(key)
        if (name === undefined) metric.labelsOpen = true
        else addLabelValue(metric, name, entry.value)
      }
    }
  }
}

export function openAll(metric: Metric): void {
  for (const label of metric.labels.values()) label.open = true
}

/** Notes what is done to a metric. */
export function noteMove({ moves }: Metric, move: Move, isCertain: boolean): void {
  moves.add(isCertain ? move : 'unknown')
}

/** What it does to a gauge to add the value of an argument. */
export function moveByValue(value: Value | undefined): Move {
  return moveBy(value?.kind === 'constant' && typeof value.value === 'number' ? value.value : undefined)
}

export const recordingMethods = new Set([
  'inc', 'dec', 'set', 'observe', 'time', 'track_inprogress', 'count_exceptions', 'set_function', 'set_to_current_time',
  'state', 'reset',
])
export const harmlessMethods = new Set(['remove', 'remove_by_labels', 'clear', 'describe', 'collect', '__call__', '__enter__', '__exit__', '__init__'])

/** What a method of a gauge does to it; `undefined` where it does nothing (prometheus_client/metrics.py, Gauge). */
export function usualMove(name: string, args: Arguments): Move | undefined {
  const amount = args.keyword.get('amount') ?? args.positional[0]
  switch (name) {
    case 'inc':
      return amount === undefined && !args.open ? 'up' : moveByValue(amount)
    case 'add':
      return moveByValue(amount)
    case 'dec':
    case 'sub':
    case 'set':
    case 'set_value':
    case 'set_function':
    case 'set_to_current_time':
    case 'time':
    case 'track_inprogress':
    case 'add_metric':
    case 'add_sample':
      return 'freely'
    case 'labels':
      return undefined
    default:
      return harmlessMethods.has(name) ? undefined : 'unknown'
  }
}
