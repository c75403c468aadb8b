import { posix } from 'node:path'
import { isRecord, textOf } from '../text/value.js'
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
}

/** The services of a Compose file; none where it is no such file. Only parsed where it looks like one. */
export function composeServices(source: SourceText): ComposeService[] {
  if (!/^\uFEFF?services\s*:/m.test(source.text) || !/^\s+(?:build|image)\s*:/m.test(source.text)) return []
  const folder = posix.dirname(source.path)
  return parseYaml(source).flatMap(({ value }) => {
    const services = isRecord(value) ? value['services'] : undefined
    if (!isRecord(services)) return []
    return Object.entries(services).flatMap(([name, service]) => isRecord(service) ? [{ file: source.path, ...serviceOf(name, service, folder) }] : [])
  })
}

/** https://github.com/compose-spec/compose-spec/blob/main/05-services.md: build, container_name, hostname, image */
function serviceOf(name: string, service: Readonly<Record<string, unknown>>, folder: string): Omit<ComposeService, 'file'> {
  const { build } = service
  const image = textOf(service['image'])
  const context = isRecord(build) ? textOf(build['context']) ?? '.' : textOf(build)
  return {
    hosts: [name, textOf(service['container_name']), textOf(service['hostname'])].filter((host) => host !== undefined),
    ...(image !== undefined && { image }),
    ...(context !== undefined && { builtFrom: posix.join(folder, context).replace(/^\.?\/?|\/$/g, '') }),
  }
}
