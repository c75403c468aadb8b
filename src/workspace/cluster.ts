import type { WorkspaceFile } from './workspace.js'

/** The file by which a folder is known to be a chart of Helm, or deployed by Kustomize. */
const deploysFolder = /(?:^|\/)(?:Chart|kustomization)\.ya?ml$/

/**
 * Whether Kubernetes loads what a file holds: it is kept in resources or in the values of a chart, or lies in a folder
 * that Helm or Kustomize deploys.
 *
 * @param paths those of all files
 */
export function loadedInCluster(files: readonly WorkspaceFile[], paths: readonly string[]): (path: string) => boolean {
  const held = new Set(files.filter(({ documents }) => documents.some(({ holder }) => holder !== undefined)).map(({ source }) => source.path))
  const folders = paths.filter((path) => deploysFolder.test(path)).map((path) => path.slice(0, path.lastIndexOf('/') + 1))
  return (path) => held.has(path) || folders.some((folder) => path.startsWith(folder))
}
