import { openAll, recordingMethods } from '../clients/recording.js'
import type { Engine } from '../engine/engine.js'
import { recordsComputedOf } from '../sources/questions.js'
import { moduleWords } from '../sources/sources.js'
import type { Metric } from '../values/metric.js'
import { metricsIn } from '../values/values.js'

/**
 * Recordings in code that was never reached may bring any value to the metric of that name, and samples that are added
 * there to any family that the module makes.
 */
export function applyUnreachedCalls(engine: Engine): void {
  const call = new RegExp(`(?<=([A-Za-z_]\\w*)?\\s*)\\.(?:labels|info|${[...recordingMethods].join('|')})(?=\\s*\\()`, 'g')
  for (const module of engine.modules.byPath.values()) {
    if (module.role === 'support') continue
    for (const match of module.source.text.matchAll(call)) {
      if (module.evaluated.has(match.index + match[0].length)) continue
      const held = engine.metrics.byHolder.get(match[1] ?? '')?.values() ?? []
      for (const { metric } of [...held].flatMap(metricsIn)) metric.escaped = true
    }
    const isUnreached = (match: RegExpMatchArray) => !module.evaluated.has(match.index! + match[0].length)
    if (![...module.source.text.matchAll(/\.add_(?:metric|sample)(?=\s*\()/g)].some(isUnreached)) continue
    for (const metric of engine.metrics.current) {
      if (metric.shape.isFamily && metric.constructorPlace.source === module.source) metric.escaped = true
    }
  }
}

/** A file that is not followed may record any metric of a module that it imports, where it gets one by a computed name. */
export function applyComputedNames(engine: Engine, others: readonly string[]): void {
  const wordsOf = ({ constructorPlace: { source } }: Metric) => moduleWords(source.path)
  const asked = recordsComputedOf([...new Set([...engine.metrics.current].flatMap(wordsOf))].sort())
  const imported = new Set(others.flatMap((path) => engine.workspace.tree.ask(path, asked)))
  for (const metric of engine.metrics.current) {
    if (!metric.recorded && wordsOf(metric).some((word) => imported.has(word))) metric.escaped = true
  }
}

/** Opens the labels of every metric that an unresolved `.labels(…)` may have meant. */
export function applyUnresolvedCalls(engine: Engine): void {
  for (const metric of engine.metrics.current) {
    if (metric.shape.labelNames.length === 0 || metric.shape.client !== 'prometheus_client') continue
    const shapes = ['*', [...metric.shape.labelNames].sort().join(), `#${metric.shape.labelNames.length}`]
    if (!shapes.some((shape) => engine.metrics.unresolvedLabels.has(shape))) continue
    openAll(metric)
    metric.escaped = true
  }
}
