import { newNameOf } from '../contract/new-name.js'
import type { Workspace } from '../workspace/workspace.js'

/** Renames of the configuration that lead to names which nothing exposes, a sentence each: nothing is told the new name then. */
export function renameNotes(renames: Readonly<Record<string, string>>, { registry }: Pick<Workspace, 'registry'>): string[] {
  const isKnown = (name: string) => registry.familiesNamed(name).length > 0 || registry.familyOfSeries(name).length > 0
  return Object.keys(renames).flatMap((name) => {
    const now = newNameOf(name, renames)
    return now === undefined || isKnown(now) ? [] : [`"renames" in the configuration calls "${name}" "${now}", which nothing at hand exposes, so it counts for nothing.`]
  })
}
