import { declarationsOf, originOf } from '../src/contract/describe.js'
import { isProducer } from '../src/contract/producers.js'
import { kindOf } from '../src/contract/unknown-metric.js'
import { defineRule } from '../src/lint/rule.js'
import { compareDeclarations } from '../src/registry/merge.js'
import { addedLabels } from '../src/registry/naming.js'
import type { Family } from '../src/registry/types.js'

export default defineRule({
  name: 'conflicting-declaration',
  subject: 'family',
  severity: 'error',
  summary: 'Each metric is declared with one type and one set of labels',
  check(family, { workspace, report }) {
    const place = family.declarations[0]?.place
    const inCode = workspace.registry.familiesNamed(family.name).filter(({ origin }) => isProducer(origin))
    const [first] = inCode.toSorted(byPlace)
    if (place === undefined || first === undefined || first === family || !inCode.includes(family)) return
    // What is written once is one or the other: which branch its type takes is not known.
    if (first.declarations.some((other) => other.place.source.path === place.source.path && other.place.span.start === place.span.start)) return
    const conflict = conflictOf(first, family)
    if (conflict === undefined) return
    report({
      at: place,
      message: `"${family.name}" ${conflict.message}`,
      data: { metric: family.name },
      related: declarationsOf([first]),
      // Series with other labels live side by side; a query that expects one set misses the others.
      ...(conflict.kind === 'labels' && { severity: 'warning' as const }),
    })
  },
})

/** What the exporter of OpenTelemetry adds, whatever the code says. */
const ADDED = new Set(addedLabels('opentelemetry-js').map(({ name }) => name))

/** The declaration that comes first in the order of files is the one that the others contradict. */
function byPlace({ declarations: [a] }: Family, { declarations: [b] }: Family): number {
  return a && b ? compareDeclarations(a, b) : Number(a !== undefined) - Number(b !== undefined)
}

function conflictOf(first: Family, second: Family): { kind: 'type' | 'labels'; message: string } | undefined {
  const other = originOf(first) ?? 'origin unknown'
  if (first.type !== second.type) {
    if (first.type === 'unknown' || second.type === 'unknown') return undefined
    return { kind: 'type', message: `is ${kindOf(second.type)} here and ${kindOf(first.type)} elsewhere (${other})` }
  }
  if (first.labelsOpen || second.labelsOpen) return undefined
  const names = ({ labels }: Family) => labels.map(({ name }) => name).filter((name) => !ADDED.has(name)).join(', ') || 'no labels'
  if (names(first) === names(second)) return undefined
  return { kind: 'labels', message: `has the labels ${names(second)} here and ${names(first)} elsewhere (${other})`.replace('the labels no labels', 'no labels') }
}
