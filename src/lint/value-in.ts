import type { Place } from '../text/source.js'
import type { DocumentPath } from '../text/document.js'
import { valueAt } from '../text/value.js'
import type { LocatedDashboard } from '../workspace/workspace.js'

/** A panel or variable: what has its place in a dashboard. */
interface Part {
  readonly path: DocumentPath
}

/** The value under keys of a part of a dashboard; `undefined` where there is none. */
export function valueIn({ document }: LocatedDashboard, { path }: Part, ...keys: DocumentPath): unknown {
  return valueAt(document.value, [...path, ...keys])
}

/** Where it stands; where it is not there, the first of `instead` that is, and else the beginning of the part: a whole panel is no place to look at. */
export function placeOfValue(dashboard: LocatedDashboard, part: Part, key: string, instead: readonly string[] = ['title', 'name']): Place {
  const { document, source } = dashboard
  const found = [key, ...instead].find((one) => valueIn(dashboard, part, one) !== undefined)
  if (found !== undefined) return { source, span: document.spanOf([...part.path, found]) }
  const { start } = document.spanOf(part.path)
  return { source, span: { start, end: start + 1 } }
}
