import type { TargetLabels } from '../contract/contract.js'
import type { PrometheusConfig } from '../prometheus/model.js'
import type { MonitorLabels } from '../prometheus/monitors.js'
import type { Registry } from '../registry/registry.js'
import type { StructuredDocument } from '../text/document.js'
import { exposureOf, targetLabelsOf, type ProgramsAtHand } from './scraping.js'
import type { Tree, Trees } from './trees.js'
import type { LocatedDatasource, Stack } from './workspace.js'

export interface StackInput extends ProgramsAtHand {
  readonly trees: Trees
  /** Whether a configuration or provisioning file speaks for a dashboard or rule file; paths. */
  readonly speaks: (path: string, other: string) => boolean
  readonly registry: Registry
  /** Those of all scrape jobs together. */
  readonly targetLabels: TargetLabels
  readonly datasources: readonly LocatedDatasource[]
  readonly prometheusConfigs: readonly PrometheusConfig[]
  /** Those of them that speak for all dashboards and rules. */
  readonly speaking: readonly PrometheusConfig[]
  readonly monitorLabels: readonly MonitorLabels[]
  /** Target labels that the configuration of the linter names. */
  readonly configured: readonly string[]
  /** Whether programs write into Prometheus. */
  readonly pushed: boolean
}

/** What surrounds the dashboards and rule files of each tree, and the workspace as a whole. */
export function stacksOf(input: StackInput): { readonly whole: Stack; stackOf(path: string): Stack } {
  const { trees, speaks, registry, targetLabels, datasources, prometheusConfigs, speaking, pushed } = input
  const whole: Stack = { registry, targetLabels, datasources, exposure: exposureOf(speaking, input, pushed) }
  const byPath = new Map<string, Stack>()
  const known = new Map<string, Stack>()
  const stackIn = (tree: Tree, configs: readonly PrometheusConfig[], provisioned: readonly LocatedDatasource[]): Stack => {
    const own = { ...whole, datasources: provisioned }
    if (configs.length === speaking.length && configs.every((config) => speaking.includes(config))) return own
    // Each project of Compose has hosts of its own: `api` is another program elsewhere.
    const services = [...input.services].sort((a, b) => Number(tree.has(b.file)) - Number(tree.has(a.file)))
    return { ...own, targetLabels: targetLabelsOf(configs, input.monitorLabels, input.configured), exposure: exposureOf(configs, { ...input, services }, pushed) }
  }
  const stackAround = (path: string): Stack => {
    const tree = trees.treeOf(path)
    const speakingFor = <Thing extends WithDocument>(things: readonly Thing[]) => tree.own(things, pathOf).filter((thing) => speaks(pathOf(thing), path))
    const configs = speakingFor(prometheusConfigs)
    const provisioned = speakingFor(datasources)
    const key = JSON.stringify([tree.root, configs.map(pathOf), provisioned.map(pathOf)])
    const stack = known.get(key) ?? stackIn(tree, configs, provisioned)
    known.set(key, stack)
    return stack
  }
  return {
    whole,
    stackOf(path) {
      let stack = byPath.get(path)
      if (!stack) byPath.set(path, (stack = stackAround(path)))
      return stack
    },
  }
}

interface WithDocument {
  readonly document: StructuredDocument
}

function pathOf({ document }: WithDocument): string {
  return document.source.path
}
