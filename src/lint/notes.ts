import { isProducer } from '../contract/producers.js'
import type { Workspace } from '../workspace/workspace.js'

/**
 * What a person should know of a run beside its findings: that queries could not be checked because no program at hand
 * is seen to expose metrics, and the likely reason. Whole sentences; mostly none.
 */
export function notesOf({ registry, selectors, verdictOn, namesInCode, isReported }: Workspace): string[] {
  if ([...registry.families, ...registry.patterns].some(({ origin }) => isProducer(origin))) return []
  const unverified = selectors.flatMap(({ query, selector }) => {
    if (!isReported(query.source.path)) return []
    const verdict = verdictOn(selector)
    return verdict.kind === 'unverified' && verdict.asked?.kind === 'exact' && verdict.reason.kind !== 'external' && verdict.reason.kind !== 'unlisted' ? [verdict.asked.text] : []
  })
  const names = [...new Set(unverified)]
  if (names.length === 0) return []
  const seen = `No program at hand is seen to expose metrics, so ${names.length === 1 ? 'one metric name' : `${names.length} metric names`} could not be checked.`
  const read = mostIn(names, (name) => namesInCode.inReadLanguages(name))
  const foreign = mostIn(names, (name) => namesInCode.inOtherLanguages([name]))
  if (read !== undefined && read.count >= (foreign?.count ?? 0)) return [`${seen} ${stand(read)}: tell how metrics are made there with "extract.factories".`]
  if (foreign !== undefined) return [`${seen} ${stand(foreign)}, a language that is not read: lint with a registry file of that program ("registry import").`]
  return [`${seen} Lint with the "registry" of the programs that expose them, or name their "catalogs".`]
}

interface NamesInFile {
  readonly file: string
  readonly count: number
}

/** The file in which most of the names stand. */
function mostIn(names: readonly string[], fileOf: (name: string) => string | undefined): NamesInFile | undefined {
  const counts = new Map<string, number>()
  for (const name of names) {
    const file = fileOf(name)
    if (file !== undefined) counts.set(file, (counts.get(file) ?? 0) + 1)
  }
  const [most] = [...counts].sort(([, a], [, b]) => b - a)
  return most && { file: most[0], count: most[1] }
}

function stand({ file, count }: NamesInFile): string {
  return count === 1 ? `One of the names stands in ${file}` : `${count} of the names stand in ${file}`
}
