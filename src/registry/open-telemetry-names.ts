import type { TranslationStrategy } from '../prometheus/model.js'
import type { MetricType } from './types.js'

/** Stands for a part of a name that is not known while the name is translated; no metric name can contain it. */
export const hole = '\0'

/**
 * The family name that @opentelemetry/exporter-prometheus gives an instrument: characters outside `[a-zA-Z0-9_]`
 * become `_`, counters end in `_total`; units are not added (PrometheusSerializer.ts, version 0.223).
 */
export function openTelemetryJsName(type: MetricType, name: string, prefix: string | undefined): string {
  const clean = name.replace(/[^a-zA-Z0-9_\0]/g, '_').replace(/_{2,}/g, '_')
  const prefixed = prefix ? `${prefix}_${clean}` : clean
  const legal = /^[0-9]/.test(prefixed) ? `_${prefixed}` : prefixed
  return type === 'counter' && !legal.endsWith('_total') ? `${legal}_total` : legal
}

/**
 * The family name that opentelemetry-exporter-prometheus (Python) gives an instrument: translated characters, then
 * the unit, then `_total` (opentelemetry/exporter/prometheus/_mapping.py and __init__.py, version 0.66b2).
 */
export function openTelemetryPythonName(
  type: MetricType,
  name: string,
  unit: string | undefined,
  prefix: string | undefined,
): string {
  const prefixed = prefix ? `${prefix}_${name}` : name
  const clean = prefixed.replace(/^[0-9]/, '_').replace(/[^a-zA-Z0-9:\0]+/g, '_')
  const base = type === 'counter' ? clean.replace(/_total$/, '') : clean
  const suffix = pythonUnit(unit ?? '')
  const withUnit = suffix !== '' && !base.endsWith(`_${suffix}`) ? `${base}_${suffix}` : base
  return type === 'counter' ? `${withUnit}_total` : withUnit
}

function pythonUnit(written: string): string {
  const unit = written.replace(/\{.*\}/, '')
  const known = units.get(unit)
  if (known !== undefined) return known
  const clean = (text: string) => text.replace(/[^a-zA-Z0-9:]+/g, '_')
  const slash = unit.indexOf('/')
  if (slash >= 0 && unit.length > slash + 1) {
    const top = clean(unit.slice(0, slash))
    const bottom = clean(unit.slice(slash + 1))
    const per = `per_${perUnits.get(bottom) ?? bottom}`
    return top === '' ? per : `${units.get(top) ?? top}_${per}`
  }
  return clean(unit).replace(/^_+|_+$/g, '')
}

/** The family name under one of Prometheus's strategies (prometheus/otlptranslator: metric_namer.go, unit_namer.go). */
export function translatedName(
  strategy: TranslationStrategy,
  type: MetricType,
  name: string,
  unit: string | undefined,
  prefix: string | undefined,
): string {
  switch (strategy) {
    case 'NoTranslation':
      return prefix ? `${prefix}_${name}` : name
    case 'NoUTF8EscapingWithSuffixes':
      return nameWithSuffixes(type, prefix ? `${prefix}_${name}` : name, unit ?? '')
    case 'UnderscoreEscapingWithoutSuffixes': {
      const clean = name.split(/[^a-zA-Z0-9:_\0]+/).filter(Boolean).join('_')
      return prefix ? `${prefix}_${clean}` : leadingDigitEscaped(clean)
    }
    case 'UnderscoreEscapingWithSuffixes':
      return escapedNameWithSuffixes(type, name, unit ?? '', prefix)
  }
}

/** Each suffix goes to the end of the name; where it stands there already it is not doubled. */
function nameWithSuffixes(type: MetricType, name: string, unit: string): string {
  const suffixes: string[] = []
  let base = name
  const moveToEnd = (suffix: string) => {
    if (base.endsWith(suffix) && base.length > suffix.length + 1) base = base.slice(0, -suffix.length - 1)
    suffixes.unshift(suffix)
  }
  if (unit === '1' && type === 'gauge') moveToEnd('ratio')
  if (type === 'counter') moveToEnd('total')
  const [main, per] = unitSuffixes(unit)
  if (per !== '') moveToEnd(per)
  if (main !== '' && !base.endsWith(main)) base += `_${main}`
  return [base, ...suffixes].join('_')
}

function escapedNameWithSuffixes(type: MetricType, name: string, unit: string, prefix: string | undefined): string {
  let words = name.split(/[^a-zA-Z0-9:\0]+/).filter(Boolean)
  const [main, per] = unitSuffixes(unit).map(unitEscaped) as [string, string]
  const without = (suffix: string) => (words.includes(suffix) ? '' : suffix)
  const perWord = per === 'per_' ? '' : without(per.replace(/_$/, ''))
  const mainWord = perWord === '' ? without(main) : without(main).replace(/_$/, '')
  words = [...words, mainWord, perWord].filter(Boolean)
  const last = type === 'counter' ? 'total' : type === 'gauge' && unit === '1' ? 'ratio' : undefined
  if (last !== undefined) words = [...words.filter((word) => word !== last), last]
  return leadingDigitEscaped([...(prefix ? [prefix] : []), ...words].join('_'))
}

function unitSuffixes(unit: string): [main: string, per: string] {
  const slash = unit.indexOf('/')
  const top = (slash < 0 ? unit : unit.slice(0, slash)).trim()
  const bottom = slash < 0 ? '' : unit.slice(slash + 1).trim()
  const isAnnotation = (text: string) => /[{}]/.test(text)
  return [
    isAnnotation(top) ? '' : (units.get(top) ?? top),
    bottom === '' || isAnnotation(bottom) ? '' : `per_${perUnits.get(bottom) ?? bottom}`,
  ]
}

function unitEscaped(unit: string): string {
  return unit.replace(/[^a-zA-Z0-9:]+/g, '_').replace(/^_/, '')
}

function leadingDigitEscaped(name: string): string {
  return /^[0-9]/.test(name) ? `_${name}` : name
}

/** Units of UCUM that have a name of their own in Prometheus; exporters share this table. */
const units: ReadonlyMap<string, string> = new Map([
  ['d', 'days'],
  ['h', 'hours'],
  ['min', 'minutes'],
  ['s', 'seconds'],
  ['ms', 'milliseconds'],
  ['us', 'microseconds'],
  ['ns', 'nanoseconds'],
  ['By', 'bytes'],
  ['KiBy', 'kibibytes'],
  ['MiBy', 'mebibytes'],
  ['GiBy', 'gibibytes'],
  ['TiBy', 'tibibytes'],
  ['KBy', 'kilobytes'],
  ['MBy', 'megabytes'],
  ['GBy', 'gigabytes'],
  ['TBy', 'terabytes'],
  ['m', 'meters'],
  ['V', 'volts'],
  ['A', 'amperes'],
  ['J', 'joules'],
  ['W', 'watts'],
  ['g', 'grams'],
  ['Cel', 'celsius'],
  ['Hz', 'hertz'],
  ['1', ''],
  ['%', 'percent'],
])

/** Units after a `/`, in the singular. */
const perUnits: ReadonlyMap<string, string> = new Map([
  ['s', 'second'],
  ['m', 'minute'],
  ['h', 'hour'],
  ['d', 'day'],
  ['w', 'week'],
  ['mo', 'month'],
  ['y', 'year'],
])
