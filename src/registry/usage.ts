import { layOut } from './json-layout.js'
import { compareStrings } from './merge.js'
import { parsePattern, patternText } from './name-pattern.js'
import { placeFromRecord, recordOfPlace } from './recorded-place.js'
import { schemaProblems } from '../text/schema-check.js'
import type { MetricType, NamePattern } from './types.js'
import { parseJson } from '../text/json.js'
import type { Place, Problem, SourceText } from '../text/source.js'

/** What the consumers of a repository rely on: its side of the contract with the producers. */
export interface Usage {
  readonly consumers: readonly Consumer[]
}

export type ConsumerKind = 'panel' | 'variable' | 'annotation' | 'alerting-rule' | 'recording-rule' | 'document'

/** One panel, alert or other reader of series. */
export interface Consumer {
  readonly kind: ConsumerKind
  /** For people: `panel "Total Cost (24h)" in dashboard "Costs"`. */
  readonly name: string
  /** Relative to the root of its repository. */
  readonly file: string
  readonly uses: readonly SeriesUse[]
}

/** What one selector needs: a series, and what it must carry. */
export interface SeriesUse {
  readonly series: NamePattern
  readonly place: Place
  /** The type that the query counts on; absent when any will do. */
  readonly type?: MetricType
  /** Labels that are matched or grouped by, without `le`, `quantile` and the labels of targets. */
  readonly labels: readonly LabelUse[]
  /** Values of `le` that are selected. */
  readonly buckets: readonly number[]
  /** Values of `quantile` that are selected. */
  readonly quantiles: readonly number[]
}

export interface LabelUse {
  readonly name: string
  /** Values that have to exist for the query to find what it asks for; none when any value will do. */
  readonly values: readonly string[]
}

/** The usage as JSON (schemas/usage.schema.json): sorted, one use a line; equal content gives equal text. */
export function writeUsage(usage: Usage): string {
  const consumers = usage.consumers
    .map(({ kind, name, file, uses }): ConsumerInFile => {
      const lines = new Map(uses.map(writtenUse).map((use) => [JSON.stringify(use), use]))
      return { kind, name, file, uses: [...lines.values()].sort(compareUses) }
    })
    .sort((a, b) => compareStrings(a.file, b.file) || compareStrings(a.name, b.name) || compareStrings(a.kind, b.kind))
  return layOut({ version: 1, consumers })
}

/** Reads what `writeUsage` wrote; consumers that are against the schema are left out and reported. */
export function readUsage(source: SourceText): { usage: Usage; problems: readonly Problem[] } {
  const document = parseJson(source)
  if (document.problems.length > 0) return { usage: { consumers: [] }, problems: document.problems }
  const problems = schemaProblems('usage', document)
  if (problems.some(({ path }) => path.length < 2 || path[0] !== 'consumers')) return { usage: { consumers: [] }, problems }
  const faulty = new Set(problems.map(({ path }) => path[1]))
  const { consumers } = document.value as { readonly consumers: readonly ConsumerInFile[] }
  return { usage: { consumers: consumers.filter((_, i) => !faulty.has(i)).map(readConsumer) }, problems }
}

/** A consumer's place as reports name it: `panel "Total Cost" in dashboard "Costs" (costs.json:112:38)`. */
export function usedByText({ consumer, use }: UsedBy): string {
  const { line, column } = recordOfPlace(use.place)
  return `${consumer.name} (${consumer.file}:${line}:${column})`
}

export interface UsedBy {
  readonly consumer: Consumer
  readonly use: SeriesUse
}

/** schemas/usage.schema.json */
interface ConsumerInFile {
  readonly kind: ConsumerKind
  readonly name: string
  readonly file: string
  readonly uses: readonly UseInFile[]
}

interface UseInFile {
  readonly series: string
  readonly line: number
  readonly column: number
  readonly type?: MetricType | undefined
  readonly labels?: readonly { readonly name: string; readonly values?: readonly string[] | undefined }[] | undefined
  readonly buckets?: readonly number[] | undefined
  readonly quantiles?: readonly number[] | undefined
}

function writtenUse({ series, place, type, labels, buckets, quantiles }: SeriesUse): UseInFile {
  const { line, column } = recordOfPlace(place)
  const sortedLabels = labels
    .map(({ name, values }) => ({ name, values: unlessEmpty([...new Set(values)].sort()) }))
    .sort((a, b) => compareStrings(a.name, b.name))
  return {
    series: patternText(series),
    line,
    column,
    type,
    labels: unlessEmpty(sortedLabels),
    buckets: unlessEmpty(buckets.toSorted((a, b) => a - b)),
    quantiles: unlessEmpty(quantiles.toSorted((a, b) => a - b)),
  }
}

function unlessEmpty<Item>(items: readonly Item[]): readonly Item[] | undefined {
  return items.length === 0 ? undefined : items
}

function compareUses(a: UseInFile, b: UseInFile): number {
  return a.line - b.line || a.column - b.column || compareStrings(JSON.stringify(a), JSON.stringify(b))
}

function readConsumer({ kind, name, file, uses }: ConsumerInFile): Consumer {
  return {
    kind,
    name,
    file,
    uses: uses.map(({ series, line, column, type, labels, buckets, quantiles }) => ({
      series: parsePattern(series),
      place: placeFromRecord({ file, line, column }),
      ...(type === undefined ? {} : { type }),
      labels: (labels ?? []).map((label) => ({ name: label.name, values: label.values ?? [] })),
      buckets: buckets ?? [],
      quantiles: quantiles ?? [],
    })),
  }
}
