import { homedir } from 'node:os'
import { dirname, resolve } from 'node:path'
import { disk } from '../text/disk.js'
import { statIfThere } from '../text/file-tree.js'
import { isBelow } from '../text/path.js'
import { hasConfig } from './found.js'

/**
 * The folders that a run knows, whatever part of them the user names: absolute, sorted, none below another. For each
 * path it is the nearest folder above with a configuration, else the root of its repository, else the working
 * directory where the path lies in it, else the path itself. A configuration that the user names is no reason to look
 * for others: its folder is the root of what lies below it.
 */
export function rootsOf(cwd: string, paths: readonly string[], namedConfig?: string): string[] {
  const configured = namedConfig === undefined ? undefined : dirname(resolve(cwd, namedConfig))
  const roots = new Set<string>()
  for (const path of paths) {
    const folder = folderOf(cwd, path)
    if (configured !== undefined && isBelow(configured, folder)) roots.add(configured)
    else roots.add(rootOf(folder, { cwd, looksForConfig: namedConfig === undefined }))
  }
  return [...roots].filter((root) => ![...roots].some((other) => other !== root && isBelow(other, root))).sort()
}

function rootOf(folder: string, { cwd, looksForConfig }: { readonly cwd: string; readonly looksForConfig: boolean }): string {
  for (let current = folder; ; current = dirname(current)) {
    if (looksForConfig && hasConfig(current)) return current
    if (statIfThere(disk, resolve(current, '.git')) !== undefined) return current
    if (current === dirname(current)) break
  }
  // Nobody means all of a disk, or all that is theirs, by naming one folder of it.
  const isProject = cwd !== homedir() && cwd !== dirname(cwd)
  return isProject && isBelow(cwd, folder) ? cwd : folder
}

/** The folder that a path of the command line means, or that it lies in; of a glob, what stands before its first wildcard. */
function folderOf(cwd: string, path: string): string {
  const absolute = resolve(cwd, path)
  const kind = statIfThere(disk, absolute)
  if (kind?.isDirectory()) return absolute
  if (kind !== undefined || !/[*?[{]/.test(path)) return dirname(absolute)
  const segments = path.split('/')
  const fixed = segments.slice(0, segments.findIndex((segment) => /[*?[{]/.test(segment)))
  return resolve(cwd, fixed.join('/') || (path.startsWith('/') ? '/' : '.'))
}
