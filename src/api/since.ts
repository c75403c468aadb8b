import { basename, dirname, relative, resolve, sep } from 'node:path'
import { changesSince, type Changes, type NotKnown } from '../git/changes.js'
import { treeBefore } from '../git/tree-before.js'
import type { Diagnostic } from '../lint/diagnostic.js'
import { introduced } from '../lint/introduced.js'
import { statIfThere } from '../text/file-tree.js'
import { isBelow } from '../text/path.js'
import { mayTell, pathsNamed } from '../workspace/discovery.js'
import type { LoadedWorkspace, LoadOptions } from '../workspace/load.js'
import type { Workspace } from '../workspace/workspace.js'
import type { Surroundings } from './surroundings.js'

/** What has changed since a revision in each repository that the folders lie in. */
export async function changesIn(folders: readonly string[], revision: string, { env }: Surroundings): Promise<readonly Changes[] | NotKnown> {
  const repositories = new Map<string, Changes>()
  for (const folder of folders) {
    const changes = await changesSince(revision, { folder, env })
    if ('reason' in changes) return changes
    repositories.set(changes.top, changes)
  }
  return [...repositories.values()]
}

/**
 * Which of the findings of now were not there before the changes, in their order. What was there is found out as what is
 * there now: all that is known is read as it was, and `check` runs on it. Today's configuration counts for both: a rule
 * that was switched on meanwhile tells what is new alone.
 */
export async function introducedBy(
  changes: readonly Changes[], now: readonly Diagnostic[], { options, workspace }: { readonly options: LoadOptions } & LoadedWorkspace, check: (workspace: Workspace) => Promise<readonly Diagnostic[]>,
): Promise<readonly Diagnostic[] | NotKnown> {
  const { cwd, roots = [], maxFileSize } = options
  const registries = new Set(options.registry.map((path) => resolve(cwd, path)))
  const before = await treeBefore(changes, { mayBeRead: (path) => mayTell(basename(path)) || registries.has(path), maxFileSize })
  if ('reason' in before) return before
  const { tree, different, moved } = before

  const tells = (path: string) => {
    if (registries.has(path)) return true
    if (basename(path) === '.gitignore' && roots.some((root) => isBelow(dirname(path), root))) return true
    // What a configuration of Prometheus names may be called anything, and has to be there.
    return (mayTell(basename(path)) || workspace.prometheusConfigs.length > 0) && roots.some((root) => isBelow(root, path))
  }
  if (!different.some(tells)) return []

  const { loadWorkspace } = await import('../workspace/load.js')
  const named = (await pathsNamed(cwd, options.paths)).map((path) => moved.get(path) ?? path)
  const then = await loadWorkspace({ ...options, tree, paths: named.filter((path) => statIfThere(tree, path) !== undefined) })
  // Where something stood before is no matter of what is reported on now.
  const old = await check({ ...then.workspace, isReported: () => true })
  const told = (path: string) => relative(cwd, path).split(sep).join('/')
  const pathsBefore = new Map([...moved].map(([path, earlier]) => [told(path), told(earlier)]))
  return introduced(now, old, (path) => pathsBefore.get(path) ?? path)
}
