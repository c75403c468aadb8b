import { relative, sep } from 'node:path'
import type { LoadedWorkspace } from '../workspace/load.js'
import type { Configured } from './load.js'
import type { Surroundings } from './surroundings.js'

/** What a run went by, in lines for people: configuration, folders, what became of each file, and how long each step took. */
export function debugLines(loaded: LoadedWorkspace & Pick<Configured, 'files' | 'absoluteRoots'>, timings: Readonly<Record<string, number>>, cacheDirectory: string | undefined, { cwd }: Surroundings): string[] {
  const tell = (absolute: string) => relative(cwd, absolute).split(sep).join('/') || '.'
  const { files, absoluteRoots, workspace, reading } = loaded
  return [
    `configuration: ${files.map(({ document }) => document.source.path).join(', ') || 'none, so the defaults'}`,
    ...absoluteRoots.map((root) => `root: ${tell(root)}`),
    `cache: ${cacheDirectory === undefined ? 'none' : tell(cacheDirectory)}`,
    `catalogs: ${[...workspace.activeCatalogs].sort().join(', ') || 'none'}`,
    ...reading().map(({ path, readAs, passedOver, isOnlyKnown }) => `${path}: ${readAs === undefined ? `not read: ${passedOver!}` : `read as ${readAs}`}${isOnlyKnown ? ' (known, not reported on)' : ''}`),
    ...Object.entries(timings).map(([step, milliseconds]) => `step "${step}": ${milliseconds.toFixed(0)} ms`),
  ]
}
