import { wholeName } from '../registry/name-pattern.js'
import { addedLabels, exposedLabelName, exposedNames } from '../registry/naming.js'
import type { Family, FamilyPattern, RegistryContent } from '../registry/types.js'
import type { MetricDeclaration } from './types.js'

/** What declarations expose, named as each client library names it. */
export function familiesOf(declarations: readonly MetricDeclaration[]): RegistryContent {
  const families: Family[] = []
  const patterns: FamilyPattern[] = []
  for (const declaration of declarations) {
    const { client, type, unit, buckets, quantiles, help, labels, labelsOpen, recorded, place, via, reason } = declaration
    const { family, series } = exposedNames(client, type, declaration.name, unit, { buckets, quantiles })
    const rest = {
      type,
      ...(help !== undefined && { help }),
      ...(unit !== undefined && { unit }),
      labels: [...labels.map((label) => ({ ...label, name: exposedLabelName(client, label.name) })), ...addedLabels(client)]
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
      labelsOpen,
      ...(buckets && { buckets }),
      ...(quantiles && { quantiles }),
      recorded,
      origin: { kind: 'code', client } as const,
      declarations: [{ place, via, ...(reason !== undefined && { reason }) }],
    }
    const name = wholeName(family)
    if (name === undefined) patterns.push({ name: family, series, ...rest })
    else families.push({ name, series: series.map((one) => wholeName(one) ?? name), ...rest })
  }
  return { families, patterns }
}
