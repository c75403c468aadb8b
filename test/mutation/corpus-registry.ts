import { labelUses } from '../../src/contract/label-uses.js'
import { namedValues } from '../../src/contract/named-values.js'
import { askedName, literalOf } from '../../src/contract/selector-match.js'
import { writeRegistry } from '../../src/registry/file.js'
import type { Family } from '../../src/registry/types.js'
import type { Workspace } from '../../src/workspace/workspace.js'

interface Known {
  readonly labels: Map<string, Set<string>>
}

/** A registry file of a program that exposes exactly what the queries of a workspace ask for, with all their labels and values. */
export function registryThatGives({ queries, selectors }: Workspace): string {
  const families = new Map<string, Known>()
  const labelsOf = (name: string) => {
    const family = families.get(name) ?? { labels: new Map<string, Set<string>>() }
    families.set(name, family)
    return family.labels
  }
  for (const { selector } of selectors) {
    const name = nameOf(selector)
    if (name === undefined) continue
    const labels = labelsOf(name)
    for (const matcher of selector.matchers) {
      const label = literalOf(matcher.name)
      if (label === undefined || label === '__name__' || label === 'le' || label === 'quantile') continue
      const values = labels.get(label) ?? new Set<string>()
      labels.set(label, values)
      for (const { text } of namedValues(matcher)) values.add(text)
    }
  }
  for (const { parsed, valuesOf } of queries) {
    for (const { label, sides } of parsed.expr === undefined ? [] : labelUses(parsed.expr, valuesOf)) {
      if (label === 'le' || label === 'quantile') continue
      for (const name of sides.flatMap((side) => [...side.selectors].map(nameOf))) {
        const labels = name === undefined ? undefined : labelsOf(name)
        if (labels && !labels.has(label)) labels.set(label, new Set())
      }
    }
  }
  return writeRegistry({ families: [...families].map(([name, { labels }]) => familyOf(name, labels)), patterns: [] })
}

/** Names with a colon are made by the recording rules at hand. */
function nameOf(selector: Parameters<typeof askedName>[0]): string | undefined {
  const asked = askedName(selector)
  return asked?.kind === 'exact' && !asked.text.includes(':') ? asked.text : undefined
}

function familyOf(name: string, labels: Known['labels']): Family {
  return {
    name,
    type: name.endsWith('_bucket') ? 'untyped' : 'unknown',
    labels: [...labels].sort(([a], [b]) => (a < b ? -1 : 1)).map(([label, values]) => ({ name: label, values: [...values].sort(), open: values.size === 0 })),
    labelsOpen: false,
    series: [name],
    recorded: 'yes',
    origin: { kind: 'registry-file', file: 'all.registry.json' },
    declarations: [],
  }
}
