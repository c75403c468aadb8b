import { loadWorkspace, type LoadedWorkspace, type LoadOptions } from '../../src/workspace/load.js'
import { repository, type Files } from '../cli/repository.js'

/** Loads the files as a workspace of their own, with nothing configured but what is given. */
export async function loadFiles(files: Files, options: Partial<LoadOptions> = {}): Promise<LoadedWorkspace> {
  const cwd = repository(files).path
  return loadWorkspace({
    cwd, paths: ['.'], ignore: [], ignoreBase: cwd, include: [], maxFileSize: 20_000_000,
    registry: [], catalogs: [], targetLabels: [], externalMetrics: [], factories: [], ...options,
  })
}
