import type { DocumentPath } from '../text/document.js'
import { isRecord, listOf, recordOf } from '../text/value.js'

type Model = Readonly<Record<string, unknown>>

/** A name by which a panel asks for a column: of one that is named like a label, and that nothing in the panel makes. */
export interface FieldName {
  readonly name: string
  /** The string that is the name, or the value whose key is. */
  readonly path: DocumentPath
  readonly isKey: boolean
  readonly by: 'override' | 'transformation' | 'sorting'
  /** Whether labels are columns whatever the format of the queries: in `labelsToFields` and behind it. */
  readonly ofLabels: boolean
}

/** Columns that are there beside labels. */
const ownColumns = new Set(['time', 'value', 'label', 'field', 'metric'])

/** What a transformation does with the names of fields; those that are not here may make any (Grafana: packages/grafana-data/src/transformations/transformers). */
interface Transformation {
  /** What it asks for: the path below its options, and whether the last key is the name. */
  asks?(options: Model): readonly { readonly name: unknown; readonly path: DocumentPath; readonly isKey?: boolean }[]
  /** Names that it gives; `undefined`: any. */
  makes?(options: Model): readonly unknown[] | undefined
}

const rename: Transformation = {
  // What hides or orders a column that is not there does nothing, and Grafana's editor leaves it behind.
  asks: ({ renameByName, includeByName }) => [
    ...Object.entries(recordOf(renameByName)).filter(([name, to]) => to !== '' && to !== name).map(([name]) => ({ name, path: ['renameByName', name], isKey: true })),
    ...Object.entries(recordOf(includeByName)).filter(([, isKept]) => isKept === true).map(([name]) => ({ name, path: ['includeByName', name], isKey: true })),
  ],
  makes: ({ renameByName }) => Object.values(recordOf(renameByName)),
}
const join: Transformation = { asks: ({ byField }) => [{ name: byField, path: ['byField'] }] }
const plain: Transformation = {}

const transformations: ReadonlyMap<unknown, Transformation> = new Map<string, Transformation>([
  ['organize', rename], ['rename', rename], ['joinByField', join], ['seriesToColumns', join],
  ['merge', plain], ['order', plain], ['limit', plain], ['filterByRefId', plain], ['filterByValue', plain], ['noop', plain], ['reduce', plain], ['seriesToRows', plain],
  ['sortBy', { asks: ({ sort }) => listOf(sort).slice(0, 1).map((one) => ({ name: recordOf(one)['field'], path: ['sort', 0, 'field'] })) }],
  ['filterFieldsByName', {
    asks: ({ include, byVariable }) => (byVariable === true ? [] : listOf(recordOf(include)['names']).map((name, i) => ({ name, path: ['include', 'names', i] }))),
  }],
  ['groupBy', {
    asks: ({ fields }) => Object.entries(recordOf(fields)).filter(([, one]) => recordOf(one)['operation'] === 'groupby').map(([name]) => ({ name, path: ['fields', name], isKey: true })),
  }],
  ['labelsToFields', {
    asks: ({ valueLabel, keepLabels }) => [{ name: valueLabel, path: ['valueLabel'] }, ...listOf(keepLabels).map((name, i) => ({ name, path: ['keepLabels', i] }))],
    // The values of a label may be names of columns then.
    makes: ({ valueLabel }) => (typeof valueLabel === 'string' && valueLabel !== '' ? undefined : []),
  }],
  ['calculateField', { makes: ({ alias }) => (typeof alias === 'string' && alias !== '' ? [alias] : undefined) }],
])

/** The names of columns that a panel asks for in transformations, overrides and its sorting; what an earlier transformation or a display name may give is left out. */
export function readFieldNames(panel: Model, path: DocumentPath): FieldName[] {
  const found: FieldName[] = []
  const made = new Set<unknown>(ownColumns)
  let isAnyMade = false
  let ofLabels = false

  function ask(name: unknown, at: DocumentPath, by: FieldName['by'], isKey = false, isOfLabels = ofLabels): void {
    if (typeof name === 'string' && /^[a-z_][a-z0-9_]*$/.test(name) && !isAnyMade && !made.has(name)) found.push({ name, path: at, isKey, by, ofLabels: isOfLabels })
  }
  function make(names: readonly unknown[] | undefined): void {
    if (names === undefined || names.some((name) => typeof name === 'string' && name.includes('$'))) isAnyMade = true
    else for (const name of names) made.add(name)
  }

  for (const [i, given] of listOf(panel['transformations']).entries()) {
    const { id, options: all, disabled } = recordOf(given)
    if (disabled === true) continue
    const transformation = transformations.get(id)
    const options = recordOf(all)
    for (const one of transformation?.asks?.(options) ?? []) ask(one.name, [...path, 'transformations', i, 'options', ...one.path], 'transformation', one.isKey, ofLabels || id === 'labelsToFields')
    make(transformation === undefined ? undefined : transformation.makes ? transformation.makes(options) : [])
    ofLabels ||= id === 'labelsToFields'
  }
  const config = recordOf(panel['fieldConfig'])
  const overrides = listOf(config['overrides']).map(recordOf)
  make([recordOf(config['defaults'])['displayName'], ...overrides.flatMap(({ properties }) => listOf(properties).filter(isRecord).filter(({ id }) => id === 'displayName').map(({ value }) => value))])
  for (const [i, { matcher }] of overrides.entries()) {
    const { id, options } = recordOf(matcher)
    const at = [...path, 'fieldConfig', 'overrides', i, 'matcher', 'options']
    if (id === 'byName') ask(options, at, 'override')
    // A pattern that is one name, and matches the whole of it.
    if (id === 'byRegexp' && typeof options === 'string') ask(/^\/?\^([a-z_][a-z0-9_]*)\$\/?$/.exec(options)?.[1], at, 'override')
  }
  for (const [i, one] of listOf(recordOf(panel['options'])['sortBy']).entries()) ask(recordOf(one)['displayName'], [...path, 'options', 'sortBy', i, 'displayName'], 'sorting')
  return found
}
