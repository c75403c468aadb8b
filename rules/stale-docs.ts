import { declarationsOf, describeDeclaration, originOf } from '../src/contract/describe.js'
import { familiesDocumented } from '../src/contract/documented-metric.js'
import type { Found, NameVerdict } from '../src/contract/name-verdict.js'
import { isProducer } from '../src/contract/producers.js'
import { isSurelyMeant } from '../src/contract/sure-meaning.js'
import { kindOf } from '../src/contract/unknown-metric.js'
import type { Safety } from '../src/lint/diagnostic.js'
import { defineRule, type Finding } from '../src/lint/rule.js'
import type { DocumentedType, ListedMetric } from '../src/prometheus/metrics-document.js'
import type { Registry } from '../src/registry/registry.js'
import type { Family } from '../src/registry/types.js'
import { nearestNames } from '../src/text/nearest-names.js'
import type { Place, Span } from '../src/text/source.js'
import type { Stack } from '../src/workspace/workspace.js'

export default defineRule({
  name: 'stale-docs',
  subject: 'metricsDocument',
  severity: 'warning',
  summary: 'Each metric that a document lists is exposed, with the type and the labels that it tells',
  check(document, { workspace, report }) {
    const { source, metrics } = document
    const stack = workspace.stackOf(source.path)
    const placeOf = (span: Span): Place => ({ source, span })
    const labels = new Set(stack.registry.families.flatMap((family) => family.labels.map(({ name }) => name)))
    for (const metric of metrics.filter(({ isPresent }) => isPresent)) {
      // A list of labels looks like one of metrics.
      for (const name of metric.names.filter((one) => !labels.has(one))) {
        const finding = staleName(name, document.verdictOn(name), placeOf(metric.span), metric.names.length === 1, stack)
        if (finding) report(finding)
      }
      const families = ownFamilies(metric, stack.registry)
      if (families.length === 0) continue
      const { type } = metric
      const other = type && otherType(metric, type.name, families)
      if (other) report({ at: placeOf(type.span), ...other })
      for (const { name, span } of metric.labels) {
        const finding = unknownLabel(name, families, stack)
        if (finding) report({ at: placeOf(span), ...finding })
      }
    }
  },
})

function staleName(name: string, verdict: NameVerdict, at: Place, isWhole: boolean, stack: Stack): Finding | undefined {
  // That Prometheus does not scrape it is nothing against a document.
  if (verdict.kind !== 'refuted' || verdict.scraped !== undefined) return undefined
  const { found } = verdict
  const suggestion = suggested(name, found)
  const hint = 'family' in found && suggestion !== undefined ? `. Did you mean "${suggestion}" (${describeDeclaration(found.family)})?` : ''
  return {
    at,
    message: `No producer exposes "${name}", which this document lists${hint}`,
    data: { metric: name, ...(suggestion !== undefined && { suggestion }) },
    related: 'family' in found ? declarationsOf([found.family]) : [],
    suggestions: suggestion === undefined || !isWhole ? [] : [{ message: `Replace with "${suggestion}"`, replacement: { place: at, text: suggestion, ...safetyOf(name, suggestion, found, at, stack) } }],
  }
}

/** A document has no values to see afterwards what became of them: only a name that stands there as it is is replaced without a person. */
function safetyOf(name: string, suggestion: string, found: Found, { source, span }: Place, stack: Stack): { safety?: Safety } {
  if (source.text.slice(span.start, span.end) !== name || !/^[\w:]+$/.test(suggestion)) return {}
  if (found.kind === 'renamed' && found.isConfigured) return { safety: 'configured' }
  return 'suggestion' in found && found.suggestion === suggestion && isSurelyMeant(name, found, stack) ? { safety: 'sure' } : {}
}

/** A document names a histogram by its family, where it does not tell of one of its series. */
function suggested(name: string, found: Found): string | undefined {
  const suggestion = 'suggestion' in found ? found.suggestion : undefined
  const isSeries = /_(?:bucket|sum|count)$/
  return 'family' in found && suggestion !== undefined && isSeries.test(suggestion) && !isSeries.test(name) ? found.family.name : suggestion
}

/** The families that a list's entry means: none where it may mean what is not the code's. */
function ownFamilies({ names }: ListedMetric, registry: Registry): readonly Family[] {
  if (names.some((name) => name.includes('*'))) return []
  const families = names.flatMap((name) => familiesDocumented(name, registry))
  return families.every(({ origin }) => isProducer(origin)) ? families : []
}

const types: readonly string[] = ['counter', 'gauge', 'histogram', 'summary'] satisfies DocumentedType[]

function otherType({ names }: ListedMetric, documented: DocumentedType, families: readonly Family[]): Omit<Finding, 'at'> | undefined {
  // `x_bucket` is a counter as well as part of a histogram.
  const isOther = families.every(({ name, type }) => type !== documented && types.includes(type) && names.some((one) => name === one || name === `${one}_total`))
  const [family] = families
  if (!isOther || family === undefined) return undefined
  return {
    message: `"${names[0]!}" is ${kindOf(family.type)} (${originOf(family) ?? 'origin unknown'}), and this document says ${documented}`,
    data: { metric: names[0]!, suggestion: family.type },
    related: declarationsOf([family]),
  }
}

function unknownLabel(label: string, families: readonly Family[], { targetLabels }: Stack): Omit<Finding, 'at'> | undefined {
  if (label.startsWith('__') || label === 'le' || label === 'quantile' || targetLabels.open || targetLabels.names.has(label)) return undefined
  // Code that writes the exposition format by itself often adds labels in another place.
  if (families.some(({ origin }) => origin.kind === 'code' && origin.client === 'exposition-text')) return undefined
  if (families.some(({ labels, labelsOpen, name, type }) => labelsOpen || type === 'unknown' || name === label || labels.some((one) => one.name === label))) return undefined
  const family = families[0]!
  const known = family.labels.map(({ name }) => name)
  const [suggestion] = nearestNames(label, known, 1)
  const has = known.length === 0 ? 'it has none' : `it has ${known.map((name) => `"${name}"`).join(', ')}`
  return {
    message: `"${family.name}" has no label "${label}", which this document tells: ${has}`,
    data: { metric: family.name, label, ...(suggestion !== undefined && { suggestion }) },
    related: declarationsOf([family]),
  }
}
