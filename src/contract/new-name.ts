import { ownValue } from '../text/value.js'

/** What stands behind the name of a family in those of its series. */
const suffix = /_(?:bucket|sum|count|total|created|info)$/

/**
 * What a series is called now, where `renames` has a new name for it or for the family that it is of; `undefined` where
 * there is none. A name that was renamed twice is followed to its end.
 */
export function newNameOf(series: string, renames: Readonly<Record<string, string>>): string | undefined {
  let name = series
  // No chain is longer than the table, unless it is a circle.
  for (let step = 0; step <= Object.keys(renames).length; step++) {
    const next = ownValue(renames, name) ?? ofFamily(name, renames)
    if (next === undefined || next === name) break
    name = next
  }
  return name === series ? undefined : name
}

function ofFamily(series: string, renames: Readonly<Record<string, string>>): string | undefined {
  const [ending] = suffix.exec(series) ?? []
  const family = ending === undefined ? undefined : ownValue(renames, series.slice(0, -ending.length))
  return family === undefined ? undefined : family + ending!
}
