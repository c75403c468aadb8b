import type { TranslationStrategy } from '../prometheus/model.js'
import { patternText, wholeName } from '../registry/name-pattern.js'
import { addedLabels, exposedLabelName, exposedNames, isOpenTelemetry } from '../registry/naming.js'
import type { ClientLibrary, Family, FamilyPattern, Label, RegistryContent } from '../registry/types.js'
import type { MetricDeclaration } from './types.js'

/**
 * What declarations expose, named as each client library names it; OpenTelemetry's under each of `translations`,
 * `undefined` for the client's own Prometheus exporter.
 */
export function familiesOf(
  declarations: readonly MetricDeclaration[],
  translations: readonly (TranslationStrategy | undefined)[] = [undefined],
): RegistryContent {
  const families: Family[] = []
  const patterns: FamilyPattern[] = []
  for (const declaration of declarations) {
    const told = new Set<string>()
    for (const translation of isOpenTelemetry(declaration.client) ? translations : [undefined]) {
      const pattern = familyOf(declaration, translation)
      if (told.has(patternText(pattern.name))) continue
      told.add(patternText(pattern.name))
      const name = wholeName(pattern.name)
      if (name === undefined) patterns.push(pattern)
      else families.push({ ...pattern, name, series: pattern.series.map((one) => wholeName(one) ?? name) })
    }
  }
  return { families, patterns }
}

function familyOf(declaration: MetricDeclaration, translation: TranslationStrategy | undefined): FamilyPattern {
  const { client, type, unit, buckets, quantiles, help, labels, labelsOpen, recorded, movement, place, via, reason } = declaration
  const { family, series } = exposedNames(client, type, declaration.name, unit, { buckets, quantiles, strategy: translation })
  return {
    name: family,
    series,
    type,
    ...(help !== undefined && { help }),
    ...(unit !== undefined && { unit }),
    labels: [...labels.map((label) => exposedLabel(client, label, translation)), ...addedLabels(client)]
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    labelsOpen,
    ...(buckets && { buckets }),
    ...(quantiles && { quantiles }),
    recorded,
    ...(movement && { movement }),
    origin: { kind: 'code', client },
    declarations: [{ place, via, ...(reason !== undefined && { reason }) }],
  }
}

/** prometheus_client makes a child of a metric for all of its labels at once; the others take those that are given. */
function exposedLabel(client: ClientLibrary, label: Label, translation: TranslationStrategy | undefined): Label {
  return { ...label, name: exposedLabelName(client, label.name, translation), ...(client === 'prometheus_client' && { always: true }) }
}
