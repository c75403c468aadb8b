import { relative, sep } from 'node:path'
import ignore from 'ignore'
import { isListOfOwn, verdictsOnDocumented } from '../contract/documented-metric.js'
import type { Exposure } from '../contract/exposure.js'
import type { Evidence } from '../contract/name-verdict.js'
import type { MetricsDocument } from '../prometheus/metrics-document.js'
import { once } from '../text/once.js'
import type { FoundFile } from './discovery.js'
import { readTextFile } from './read-file.js'
import { isTestFile } from './test-files.js'
import type { JudgedMetricsDocument } from './workspace.js'

const markdownFile = /\.(?:md|mdx|markdown)$/i

/** Documents of what was, will be or could be, by the names of their files and folders. */
const tellsOfOtherTimes = /(?:^|\/)(?:(?:change-?log|changes|history|news|release|migrat|upgrad|updating|breaking|roadmap|todo|rfc|adr|proposal)[^/]*$|(?:examples?|adrs?|rfcs?|proposals?|designs?|decisions|blogs?|posts|archived?|release-?notes|changelogs?|migrations?|\.changeset)\/)/i

export interface ReadMetricsDocument extends MetricsDocument {
  /** Whether the configuration names it. */
  readonly isNamed: boolean
}

export interface MetricsDocumentOptions {
  /** Globs in the syntax of `.gitignore`, relative to `ignoreBase`, of the documents that list metrics. */
  readonly metricsDocuments?: readonly string[]
  /** Absolute path. */
  readonly ignoreBase: string
  readonly maxFileSize: number
}

/** Reads the documents in Markdown that list metrics: those that the configuration names, and those that say so. The parser is only loaded where there is one. */
export async function readMetricsDocuments(found: readonly FoundFile[], { metricsDocuments = [], ignoreBase, maxFileSize }: MetricsDocumentOptions): Promise<ReadMetricsDocument[]> {
  const files = found.filter(({ path, size }) => markdownFile.test(path) && size <= maxFileSize)
  if (files.length === 0) return []
  const { mayListMetrics, readMetricsDocument } = await import('../prometheus/metrics-document.js')
  const named = ignore().add([...metricsDocuments])
  const documents: ReadMetricsDocument[] = []
  for (const file of files) {
    const inConfigured = relative(ignoreBase, file.absolute).split(sep).join('/')
    const isNamed = metricsDocuments.length > 0 && !inConfigured.startsWith('..') && named.ignores(inConfigured)
    if (!isNamed && (tellsOfOtherTimes.test(file.pathInScope) || isTestFile(file.pathInScope))) continue
    const { source, problem } = readTextFile(file, maxFileSize)
    if (problem !== undefined || !(isNamed || mayListMetrics(source.text))) continue
    const document = readMetricsDocument(source, isNamed)
    if (document.metrics.length > 0) documents.push({ ...document, isNamed })
  }
  return documents
}

/** Those that list what the code exposes, with what is known of the names in them. */
export function judgeMetricsDocuments(documents: readonly ReadMetricsDocument[], exposureOf: (path: string) => Exposure, evidence: Evidence): JudgedMetricsDocument[] {
  return documents.flatMap((document) => {
    const names = document.metrics.flatMap((metric) => metric.names)
    if (!document.isNamed && !isListOfOwn(names, evidence.registry)) return []
    const verdicts = once(() => verdictsOnDocumented(names, exposureOf(document.source.path), evidence))
    return [{ ...document, verdictOn: (name: string) => verdicts().get(name) ?? { kind: 'proved' as const } }]
  })
}
