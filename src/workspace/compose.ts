import { posix } from 'node:path'
import { isRecord, listOf, textOf } from '../text/value.js'
import { parseYaml } from '../text/yaml.js'
import type { SourceText } from '../text/source.js'

/** A service of a Compose file: a program with the host names under which others reach it. */
export interface ComposeService {
  /** The path of the Compose file. */
  readonly file: string
  readonly name: string
  readonly hosts: readonly string[]
  readonly image?: string
  /** The folder that it is built from, relative to the workspace root, without a slash at its end; `''` is the root itself. */
  readonly builtFrom?: string
  /** The arguments of its program; absent where the image's own are taken. */
  readonly command?: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  readonly mounts: readonly Mount[]
  /** Whether there is more of it elsewhere, or of a form that is not understood: another entry point, `extends`, `env_file`. */
  readonly isOpen: boolean
}

/** What a container has at a path. */
export interface Mount {
  /** Absolute, without a slash at its end. */
  readonly target: string
  /** The file or folder of the workspace, as `builtFrom`; absent where it is a volume, or somewhere else on the host. */
  readonly source?: string
}

/** The services of a Compose file; none where it is no such file. Only parsed where it looks like one. */
export function composeServices(source: SourceText): ComposeService[] {
  if (!/^\uFEFF?services\s*:/m.test(source.text) || !/^\s+(?:build|image)\s*:/m.test(source.text)) return []
  const folder = posix.dirname(source.path)
  return parseYaml(source).flatMap(({ value }) => {
    const services = isRecord(value) ? value['services'] : undefined
    if (!isRecord(services)) return []
    return Object.entries(services).flatMap(([name, service]) => isRecord(service) ? [{ file: source.path, name, ...serviceOf(name, service, folder) }] : [])
  })
}

/** https://github.com/compose-spec/compose-spec/blob/main/05-services.md */
function serviceOf(name: string, service: Readonly<Record<string, unknown>>, folder: string): Omit<ComposeService, 'file' | 'name'> {
  const { build, volumes } = service
  const image = textOf(service['image'])
  const context = isRecord(build) ? textOf(build['context']) ?? '.' : textOf(build)
  const command = commandOf(service['command'])
  const mounts = listOf(volumes).map((one) => mountOf(one, folder))
  return {
    hosts: [name, textOf(service['container_name']), textOf(service['hostname'])].filter((host) => host !== undefined),
    ...(image !== undefined && { image }),
    ...(context !== undefined && { builtFrom: inWorkspace(folder, context) }),
    ...(command !== undefined && { command }),
    environment: environmentOf(service['environment']),
    mounts: mounts.filter((mount) => mount !== undefined),
    isOpen: mounts.includes(undefined) || ['entrypoint', 'extends', 'env_file', 'volumes_from', 'configs', '<<'].some((key) => key in service),
  }
}

function inWorkspace(folder: string, path: string): string {
  return posix.join(folder, path).replace(/^\.?\/?|\/$/g, '')
}

/** A text is split as a shell would, but for quotes, which programs of interest hardly need. */
function commandOf(command: unknown): readonly string[] | undefined {
  if (typeof command === 'string') return command.trim().split(/\s+/)
  return Array.isArray(command) ? command.map((argument) => textOf(argument) ?? '') : undefined
}

function environmentOf(environment: unknown): Record<string, string> {
  const entries = isRecord(environment)
    ? Object.entries(environment).map(([key, value]): [string, string] => [key, textOf(value) ?? ''])
    : listOf(environment).flatMap((one): [string, string][] => typeof one === 'string' ? [[one.split('=')[0]!, one.slice(one.indexOf('=') + 1)]] : [])
  return Object.fromEntries(entries)
}

/** `source:target:mode`, or the same as a mapping; `undefined` where it cannot be told what is mounted where. */
function mountOf(volume: unknown, folder: string): Mount | undefined {
  const [source, target] = isRecord(volume) ? [textOf(volume['source']), textOf(volume['target'])] : shortMount(volume)
  if (target?.startsWith('/') !== true || target.includes('$')) return undefined
  const at = { target: target.replace(/(?!^)\/+$/, '') }
  return source !== undefined && /^\.{1,2}(?:\/|$)/.test(source) && !source.includes('$') ? { ...at, source: inWorkspace(folder, source) } : at
}

function shortMount(volume: unknown): [source?: string, target?: string] {
  const parts = typeof volume === 'string' ? /^(?:((?:\$\{[^}]*\}|[^:])+):)?([^:]+)(?::[a-zA-Z,]+)?$/.exec(volume) : null
  return parts === null ? [] : [parts[1] ?? '', parts[2]!]
}
