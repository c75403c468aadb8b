import { parseYaml } from '../text/yaml.js'
import type { SourceText } from '../text/source.js'

/**
 * The services of a Compose file that are built from the workspace's own code: what is scraped from them is what the
 * code exposes, whatever a well-known exporter of the same name does.
 */
export function builtServices(source: SourceText): string[] {
  if (!/^services\s*:/m.test(source.text) || !/^\s+build\s*:/m.test(source.text)) return []
  return parseYaml(source).flatMap(({ value }) => {
    const services = (value as { services?: unknown } | null)?.services
    if (typeof services !== 'object' || services === null) return []
    return Object.entries(services).flatMap(([name, service]) => {
      const { build, container_name: container } = (service ?? {}) as { build?: unknown; container_name?: unknown }
      return build === undefined ? [] : [name, ...(typeof container === 'string' ? [container] : [])]
    })
  })
}
