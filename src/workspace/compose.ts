import { posix } from 'node:path'
import { isRecord, listOf, recordOf, textOf } from '../text/value.js'
import { parseYaml } from '../text/yaml.js'
import type { SourceText } from '../text/source.js'

/** A service of a Compose file: a program with the host names under which others reach it. */
export interface ComposeService {
  /** The path of the Compose file. */
  readonly file: string
  /** For people: that file, and the override file where what that says is part of it. */
  readonly writtenIn: string
  /** Set where an override file was merged into it. */
  readonly isMerged?: true
  /** How many images that stand in files it has beside that of the service without the override file. */
  readonly namesImages?: number
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

/** The services of a Compose file, as written. */
export interface ComposeFile {
  readonly path: string
  readonly services: Readonly<Record<string, Service>>
  /** Whether it has tags (`!reset`, `!override`) that say how it is merged. */
  readonly hasTags: boolean
}

type Service = Readonly<Record<string, unknown>>

/** What `docker compose` reads where it is told no file, and what it merges over that, the first of each that is there. compose-go: cli/options.go. */
const baseNames = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml']
const overrideNames = ['compose.override.yml', 'compose.override.yaml', 'docker-compose.override.yml', 'docker-compose.override.yaml']

/** A Compose file; `undefined` where it is no such file. Only parsed where it looks like one. */
export function composeFile(source: SourceText): ComposeFile | undefined {
  const { text, path } = source
  if (!/^\uFEFF?services\s*:/m.test(text)) return undefined
  if (!overrideNames.includes(posix.basename(path)) && !/^\s+(?:build|image)\s*:/m.test(text)) return undefined
  const services = parseYaml(source).flatMap(({ value }) => Object.entries(recordOf(recordOf(value)['services'])))
  return { path, services: Object.fromEntries(services.filter((entry): entry is [string, Service] => isRecord(entry[1]))), hasTags: /!(?:reset|override)\b/.test(text) }
}

/**
 * The services of Compose files. One that an override file adds to is told twice, with it and without: as Compose
 * starts it by default, and as it is started where the files are named.
 */
export function composeServices(files: readonly ComposeFile[]): ComposeService[] {
  const byPath = new Map(files.map((file) => [file.path, file]))
  const firstOf = (names: readonly string[], folder: string) => names.flatMap((name) => byPath.get(posix.join(folder, name)) ?? [])[0]
  return files.flatMap((file): ComposeService[] => {
    const { path, services } = file
    const folder = posix.dirname(path)
    const base = firstOf(baseNames, folder)
    const override = firstOf(overrideNames, folder)
    const told = (name: string, service: Service) => ({ file: path, name, ...serviceOf(name, service, folder), writtenIn: path })
    if (file === override && base !== undefined) return Object.entries(services).flatMap(([name, service]) => Object.hasOwn(base.services, name) ? [] : [told(name, service)])
    return Object.entries(services).flatMap(([name, service]) => {
      const over = file === base && override !== undefined && Object.hasOwn(override.services, name) ? override.services[name] : undefined
      if (over === undefined) return [told(name, service)]
      const together = told(name, merged(service, over))
      return [
        { ...together, writtenIn: `${path} with ${override!.path}`, isMerged: true as const, namesImages: 'image' in over ? 1 : 0, isOpen: together.isOpen || override!.hasTags },
        told(name, service),
      ]
    })
  })
}

/** https://github.com/compose-spec/compose-spec/blob/main/13-merge.md */
function merged(base: Service, over: Service): Service {
  const build = [base['build'], over['build']].filter((one) => one !== undefined).map((one) => (isRecord(one) ? one : { context: one }))
  return {
    ...base,
    ...over,
    ...(build.length > 0 && { build: Object.assign({}, ...build) as unknown }),
    environment: { ...environmentOf(base['environment']), ...environmentOf(over['environment']) },
    volumes: [...listOf(base['volumes']), ...listOf(over['volumes'])],
  }
}

/** https://github.com/compose-spec/compose-spec/blob/main/05-services.md */
function serviceOf(name: string, service: Service, folder: string): Omit<ComposeService, 'file' | 'name' | 'writtenIn'> {
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
    // Of two mounts at one place the later one counts.
    mounts: [...new Map(mounts.flatMap((mount) => mount === undefined ? [] : [[mount.target, mount] as const])).values()],
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
