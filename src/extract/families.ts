import type { TranslationStrategy } from '../prometheus/model.js'
import { patternText, wholeName } from '../registry/name-pattern.js'
import { addedLabels, exposedLabelName, exposedNames, isOpenTelemetry } from '../registry/naming.js'
import type { ClientLibrary, Family, FamilyPattern, Label, RegistryContent } from '../registry/types.js'
import type { MetricDeclaration } from './types.js'

/** How OpenTelemetry instruments reach Prometheus. */
export interface Translation {
  /** Absent: through the client's own Prometheus exporter. */
  readonly strategy?: TranslationStrategy
  /** What stands before every name, with `hole` for what is only known when it runs. */
  readonly prefix?: string
  /** Labels that every series gets on its way. */
  readonly labels?: readonly Label[]
  /** Whether series may get other labels on their way. */
  readonly labelsOpen?: boolean
}

/** What declarations expose, named as each client library names it; OpenTelemetry's under each of `translations`. */
export function familiesOf(
  declarations: readonly MetricDeclaration[],
  translations: readonly Translation[] = [{}],
): RegistryContent {
  const families: Family[] = []
  const patterns: FamilyPattern[] = []
  for (const declaration of declarations) {
    const told = new Set<string>()
    for (const translation of isOpenTelemetry(declaration.client) ? translations : [{}]) {
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

function familyOf(declaration: MetricDeclaration, { strategy, prefix, labels: added = [], labelsOpen: addsOthers = false }: Translation): FamilyPattern {
  const { client, type, unit, buckets, quantiles, help, labels, labelsOpen, recorded, movement, place, via, reason } = declaration
  const { family, series } = exposedNames(client, type, declaration.name, unit, { buckets, quantiles, strategy, prefix })
  const own = labels.map((label) => exposedLabel(client, label, strategy))
  return {
    name: family,
    series,
    type,
    ...(help !== undefined && { help }),
    ...(unit !== undefined && { unit }),
    labels: [...own, ...addedLabels(client), ...added.filter(({ name }) => !own.some((label) => label.name === name))]
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    labelsOpen: labelsOpen || addsOthers,
    ...(buckets && { buckets }),
    ...(quantiles && { quantiles }),
    recorded,
    ...(movement && { movement }),
    origin: { kind: 'code', client },
    declarations: [{ place, via, ...(reason !== undefined && { reason }) }],
  }
}

/** prometheus_client makes a child of a metric for all of its labels at once; the others take those that are given. */
function exposedLabel(client: ClientLibrary, label: Label, strategy: TranslationStrategy | undefined): Label {
  return { ...label, name: exposedLabelName(client, label.name, strategy), ...(client === 'prometheus_client' && { always: true }) }
}
