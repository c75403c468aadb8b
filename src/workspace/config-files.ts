import { posix, resolve } from 'node:path'
import { isFilledIn, mayChangeAddress, targetProblems } from '../prometheus/config-problems.js'
import { parseJson } from '../text/json.js'
import type { DocumentPath, StructuredDocument } from '../text/document.js'
import { statIfThere, type FileTree } from '../text/file-tree.js'
import { globMatcher } from '../text/path.js'
import { schemaProblems } from '../text/schema-check.js'
import { sourceText, type Place } from '../text/source.js'
import { isRecord, listOf, recordOf } from '../text/value.js'
import { parseYaml } from '../text/yaml.js'
import type { ComposeService } from './compose.js'

/** Something that is wrong with a file that a configuration of Prometheus names. */
export interface NamedFileProblem {
  readonly at: Place
  readonly message: string
  /** Where Prometheus starts all the same. */
  readonly severity?: 'warning'
}

export interface FilesAround {
  /** Absolute path that all paths are told relative to. */
  readonly cwd: string
  readonly tree: FileTree
  readonly services: readonly ComposeService[]
  /** The paths of all files that are known. */
  readonly known: readonly string[]
  /** Those of them that hold rules. */
  readonly ruleFiles: readonly string[]
}

interface Reference {
  readonly path: DocumentPath
  /** As written. */
  readonly glob: string
  readonly what: 'rules' | 'scrape jobs' | 'targets'
  /** Whether the targets go through relabelling that may change them. */
  readonly isRelabelled?: boolean
}

/**
 * What is wrong with the files that a configuration names: that they are not there, where they would have to lie in the
 * workspace, and what lists of targets hold. As promtool has it (cmd/promtool/main.go, checkConfig): a named file with
 * rules has to be there; a glob may match nothing, and targets may come later. Reads files.
 */
export function namedFileProblems(document: StructuredDocument, around: FilesAround): NamedFileProblem[] {
  // What stands in a resource is mounted somewhere, and what is beside it is not told.
  if (document.holder !== undefined) return []
  return referencesIn(document.value).flatMap((reference) => {
    const found = lookFor(reference, document.source.path, around)
    if (found === 'not known') return []
    if (found.length === 0) return [missing(reference, document)]
    return reference.what === 'targets' ? found.flatMap((file) => targetFileProblems(file, reference, around)) : []
  })
}

function referencesIn(value: unknown): Reference[] {
  const config = recordOf(value)
  const globsIn = (globs: unknown, path: DocumentPath, rest: Omit<Reference, 'path' | 'glob'>) => listOf(globs).flatMap((glob, index): Reference[] => (
    typeof glob === 'string' && glob !== '' && !isFilledIn(glob) ? [{ glob, path: [...path, index], ...rest }] : []
  ))
  const discovered = (holders: unknown, path: DocumentPath) => listOf(holders).flatMap((holder, i) => listOf(recordOf(holder)['file_sd_configs']).flatMap((one, j) => (
    globsIn(recordOf(one)['files'], [...path, i, 'file_sd_configs', j, 'files'], { what: 'targets', isRelabelled: mayChangeAddress(recordOf(holder)) })
  )))
  return [
    ...globsIn(config['rule_files'], ['rule_files'], { what: 'rules' }),
    ...globsIn(config['scrape_config_files'], ['scrape_config_files'], { what: 'scrape jobs' }),
    ...discovered(config['scrape_configs'], ['scrape_configs']),
    ...discovered(recordOf(config['alerting'])['alertmanagers'], ['alerting', 'alertmanagers']),
  ]
}

function missing({ glob, path, what }: Reference, document: StructuredDocument): NamedFileProblem {
  const at = { source: document.source, span: document.spanOf(path) }
  if (isGlob(glob)) return { at, message: `"${glob}" matches no file: Prometheus starts without these ${what}`, severity: 'warning' }
  if (what === 'targets') return { at, message: `There is no file "${glob}": the job has no targets until there is`, severity: 'warning' }
  return { at, message: `There is no file "${glob}": Prometheus has none of its ${what}` }
}

/** The files that a reference names, by their paths; `'not known'` where they may lie elsewhere than in the workspace. */
function lookFor(reference: Reference, config: string, around: FilesAround): readonly string[] | 'not known' {
  const { glob } = reference
  const mounted = around.services.flatMap((service) => mountedAs(config, service).map((inContainer) => ({ service, inContainer })))
  if (mounted.length > 0) {
    const found = mounted.map(({ service, inContainer }) => {
      const host = onHost(posix.resolve(posix.dirname(inContainer), glob), service)
      return host === undefined ? 'not known' : matchesOf(host, around)
    })
    const there = found.flatMap((files) => (files === 'not known' ? [] : files))
    return there.length > 0 ? [...new Set(there)] : found.includes('not known') ? 'not known' : []
  }
  if (posix.isAbsolute(glob)) return 'not known'
  const beside = posix.join(posix.dirname(config), glob)
  const there = beside.startsWith('../') ? [] : matchesOf(beside, around)
  if (there.length > 0) return there
  // What lies elsewhere in the workspace may be put beside the configuration when it is deployed.
  return beside.startsWith('../') || mayBeDeployed(reference, around) ? 'not known' : []
}

function mayBeDeployed({ glob, what }: Reference, { known, ruleFiles }: FilesAround): boolean {
  const matches = globMatcher(posix.basename(glob))
  return (isGlob(glob) && what === 'rules' ? ruleFiles : known).some((path) => matches(posix.basename(path)))
}

/** Where a container of a service sees a file of the workspace. */
function mountedAs(path: string, { mounts }: ComposeService): string[] {
  return mounts.flatMap(({ source, target }) => {
    if (source === undefined) return []
    if (path === source) return [target]
    const folder = source === '' ? '' : `${source}/`
    return path.startsWith(folder) ? [posix.join(target, path.slice(folder.length))] : []
  })
}

/** The path in the workspace of what a container sees at a path; `undefined` where that is no file of the workspace. */
function onHost(path: string, { mounts }: ComposeService): string | undefined {
  const [mount] = mounts
    .filter(({ target }) => path === target || path.startsWith(target.endsWith('/') ? target : `${target}/`))
    .sort((a, b) => b.target.length - a.target.length)
  if (mount?.source === undefined) return undefined
  const host = posix.join(mount.source, path.slice(mount.target.length))
  return host.startsWith('..') ? undefined : host
}

function matchesOf(glob: string, { cwd, tree }: FilesAround): string[] {
  const folder = posix.dirname(glob)
  if (!isGlob(glob)) return statIfThere(tree, resolve(cwd, glob)) !== undefined ? [glob] : []
  if (isGlob(folder)) return []
  const matches = globMatcher(posix.basename(glob))
  try {
    return tree.readFolder(resolve(cwd, folder)).map(({ name }) => name).filter(matches).sort().map((name) => posix.join(folder, name))
  } catch {
    return []
  }
}

function isGlob(path: string): boolean {
  return /[*?[]/.test(path)
}

const mostTargets = 1_000_000

/** What Prometheus refuses in a file with targets (Prometheus: discovery/file/file.go, readFile). */
function targetFileProblems(path: string, { isRelabelled }: Reference, { cwd, tree }: FilesAround): NamedFileProblem[] {
  let text: string
  try {
    const absolute = resolve(cwd, path)
    if (tree.stat(absolute).size > mostTargets) return []
    text = tree.readText(absolute)
  } catch {
    return []
  }
  const source = sourceText(path, text)
  const [document] = path.toLowerCase().endsWith('.json') ? [parseJson(source)] : parseYaml(source)
  if (document === undefined || isFilledIn(text)) return []
  const [broken] = document.problems
  if (broken) return [{ at: { source, span: broken.span }, message: `Prometheus cannot read these targets: ${broken.message}` }]
  if (document.value === null || document.value === undefined) return []
  const problems = schemaProblems('prometheus-targets', document)
  if (problems.length > 0) return problems.map(({ message, span }) => ({ at: { source, span }, message }))
  if (isRelabelled) return []
  return listOf(document.value).filter(isRecord).flatMap((group, index) => targetProblems(group, [index]))
    .map(({ message, path: at }) => ({ at: { source, span: document.spanOf(at) }, message }))
}
