import { patternText } from '../../../src/registry/name-pattern.js'
import { sourceText } from '../../../src/text/source.js'
import { answering } from '../../../src/extract/question.js'
import { extractTypeScript } from '../../../src/extract/typescript/index.js'
import type { Extraction, ExtractOptions, MetricDeclaration, SourceTree } from '../../../src/extract/types.js'

/** A workspace of the given files. */
export function treeOf(files: Readonly<Record<string, string>>): SourceTree {
  const sources = new Map(Object.entries(files).map(([path, text]) => [path, sourceText(path, text)]))
  return answering({ paths: [...sources.keys()].sort(), read: (path) => sources.get(path) })
}

export function extract(files: Readonly<Record<string, string>>, options?: ExtractOptions): Promise<Extraction> {
  return extractTypeScript(treeOf(files), options)
}

/** The declarations as lines: `counter jobs_total{kind=a|b|…} yes src/metrics.ts:1:20`. */
export async function lines(files: Readonly<Record<string, string>>, options?: ExtractOptions): Promise<string[]> {
  return (await extract(files, options)).declarations.map(line)
}

export function line(declaration: MetricDeclaration): string {
  const { type, name, labels, labelsOpen, recorded, place, reason } = declaration
  const written = labels.map((label) => `${label.name}=${[...label.values, ...(label.open ? label.patterns?.map(patternText) ?? ['…'] : [])].join('|')}`)
  const { line: row, column } = place.source.positionAt(place.span.start)
  const at = `${place.source.path}:${row}:${column}`
  return [
    `${type} ${patternText(name)}{${[...written, ...(labelsOpen ? ['…'] : [])].join(', ')}} ${recorded} ${at}`,
    ...(reason === undefined ? [] : [reason]),
  ].join(' // ')
}
