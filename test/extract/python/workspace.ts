import type { ExtractOptions, SourceTree } from '../../../src/extract/types.js'
import { answering } from '../../../src/extract/question.js'
import { extractPython } from '../../../src/extract/python/index.js'
import { patternText } from '../../../src/registry/name-pattern.js'
import { sourceText } from '../../../src/text/source.js'
import type { SourceText } from '../../../src/text/source.js'
import type { Label } from '../../../src/registry/types.js'

/** A workspace that consists of these files. */
export function treeOf(files: Readonly<Record<string, string>>): SourceTree {
  const sources = new Map<string, SourceText>(Object.entries(files).map(([path, text]) => [path, sourceText(path, text)]))
  return answering({ paths: [...sources.keys()].sort(), read: (path) => sources.get(path) })
}

/**
 * What is extracted from these files, one line a declaration: `path:line:column type name {label=value|value} recorded`,
 * where `…` stands for values that are not known, and `*` for a part of a name that is not, `#` where that is a number.
 */
export async function extracted(files: Readonly<Record<string, string>>, options: ExtractOptions = {}): Promise<string[]> {
  const { declarations } = await extractPython(treeOf(files), options)
  return declarations.map((each) => {
    const { line, column } = each.place.source.positionAt(each.place.span.start)
    const labels = [...each.labels.map(shown), ...(each.labelsOpen ? ['…'] : [])].join(', ')
    return `${each.place.source.path}:${line}:${column} ${each.type} ${patternText(each.name)} {${labels}} ${each.recorded}`
  })
}

function shown({ name, values, open, patterns }: Label): string {
  return `${name}=${[...values, ...(open ? patterns?.map(patternText) ?? ['…'] : [])].join('|')}`
}
