import { posix } from 'node:path'
import { isRecord, listOf, recordOf, textOf } from '../text/value.js'
import { parseYaml } from '../text/yaml.js'
import type { SourceText } from '../text/source.js'

/** A service of a Compose file: a program with the host names under which others reach it. */
export interface ComposeService {
  /** The path of the Compose file. */
  readonly file: string
  readonly hosts: readonly string[]
  readonly image?: string
  /** The folder that it is built from, relative to the workspace root, without a slash at its end; `''` is the root itself. */
  readonly builtFrom?: string
  /** What its container sees of the outside. */
  readonly mounts: readonly Mount[]
}

export interface Mount {
  /** The path of the file or folder, relative to the workspace root; absent for a volume, and for what lies elsewhere. */
  readonly source?: string
  /** Where the container sees it. */
  readonly target: string
}

/** The services of a Compose file; none where it is no such file. Only parsed where it looks like one. */
export function composeServices(source: SourceText): ComposeService[] {
  if (!/^services\s*:/m.test(source.text) || !/^\s+(?:build|image)\s*:/m.test(source.text)) return []
  const folder = posix.dirname(source.path)
  return parseYaml(source).flatMap(({ value }) => {
    const services = isRecord(value) ? value['services'] : undefined
    if (!isRecord(services)) return []
    return Object.entries(services).flatMap(([name, service]) => isRecord(service) ? [{ file: source.path, ...serviceOf(name, service, folder) }] : [])
  })
}

/** https://github.com/compose-spec/compose-spec/blob/main/05-services.md: build, container_name, hostname, image, volumes */
function serviceOf(name: string, service: Readonly<Record<string, unknown>>, folder: string): Omit<ComposeService, 'file'> {
  const { build } = service
  const image = textOf(service['image'])
  const context = isRecord(build) ? textOf(build['context']) ?? '.' : textOf(build)
  return {
    hosts: [name, textOf(service['container_name']), textOf(service['hostname'])].filter((host) => host !== undefined),
    ...(image !== undefined && { image }),
    mounts: listOf(service['volumes']).flatMap((volume) => mountOf(volume, folder)),
    ...(context !== undefined && { builtFrom: posix.join(folder, context).replace(/^\.?\/?|\/$/g, '') }),
  }
}

/** `./rules:/etc/prometheus/rules:ro`, or the same with keys; none where the target is not told. */
function mountOf(volume: unknown, folder: string): Mount[] {
  const [from, to] = typeof volume === 'string' ? shortForm(volume) : [textOf(recordOf(volume)['source']), textOf(recordOf(volume)['target'])]
  if (to === undefined || !to.startsWith('/')) return []
  const target = posix.normalize(to).replace(/(.)\/$/, '$1')
  const isBeside = from !== undefined && (from.startsWith('.') || (recordOf(volume)['type'] === 'bind' && !from.startsWith('/'))) && !from.includes('$')
  const path = isBeside ? posix.join(folder, from).replace(/\/$/, '') : undefined
  return [{ target, ...(path !== undefined && !path.startsWith('..') && { source: path === '.' ? '' : path }) }]
}

/** Source and target; a colon in `${PATH:-.}` parts nothing. */
function shortForm(volume: string): readonly (string | undefined)[] {
  const parts = volume.match(/(?:\$\{[^}]*\}|[^:])+/g) ?? []
  return parts.length === 1 ? [undefined, parts[0]] : parts
}
