import { holesOf, joinNames, patternOf } from '../../../registry/name-pattern.js'
import type { NamePattern } from '../../../registry/types.js'
import { answering } from '../../question.js'
import type { ExtractOptions, Extraction, MetricDeclaration } from '../../types.js'
import { mergeExtractions } from '../../types.js'
import type { EmbeddedPiece, EmbeddedProgram } from '../sources/embedded-program.js'

/**
 * The metrics that such programs declare and record, each told where it stands in its host. What does not parse as Python
 * is no program and declares nothing.
 */
export async function extractEmbeddedPrograms(programs: readonly EmbeddedProgram[], options: ExtractOptions = {}): Promise<Extraction> {
  const extractions: Extraction[] = []
  for (const program of programs) {
    const text = standAlone(program)
    const { parsePython } = await import('../syntax/parse.js')
    if (parsePython(text).problems.length > 0) continue
    const path = 'program.py'
    const tree = answering({ paths: [path], read: (asked) => (asked === path ? { ...program.source, text } : undefined) })
    const { extractFrom } = await import('./extract.js')
    const extraction = extractFrom(tree, [path], [path], options)
    extractions.push({ ...extraction, declarations: extraction.declarations.map((each) => openHoles(each)), problems: [] })
  }
  return mergeExtractions(extractions)
}

/** Fills a hole: a letter to Python, and in no source. */
const hole = '\uE001'

/** The program with everything else blanked, so that every offset is that in the host. */
function standAlone({ source, pieces }: EmbeddedProgram): string {
  const first = pieces[0]!.span.start
  const isIndented = /^\s*\n?[ \t]+\S/.test(source.text.slice(first, pieces[0]!.span.end).replace(/^(?:[ \t]*(?:\\?\r?\n|\\n))+/, ''))
  const opening = isIndented && first > 6 ? 'if 1:' : ''
  let text = opening.padEnd(first)
  for (const piece of pieces) {
    const { start, end } = piece.span
    // Each piece begins a line.
    text = `${text.padEnd(start - 1).slice(0, start - 1)}\n${plainText(source.text.slice(start, end), piece)}`
  }
  return text
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: ' ', '\n': '\n', '\r': ' ' }

/** What a literal's inside stands for, in as many characters. */
function plainText(inside: string, { span, holes = [], isRaw, doublesBraces }: EmbeddedPiece): string {
  let text = inside
  for (const { start, end } of holes) {
    text = text.slice(0, start - span.start) + hole.repeat(end - start) + text.slice(end - span.start)
  }
  if (!isRaw) text = text.replace(/\\([^])/g, (_, letter: string) => ` ${escapes[letter] ?? letter}`)
  return doublesBraces ? text.replace(/\{\{|\}\}/g, (braces) => ` ${braces[0]!}`) : text
}

function openHoles(declaration: MetricDeclaration): MetricDeclaration {
  const { parts } = declaration.name
  const name = parts.map((part): NamePattern => ({ parts: part.split(new RegExp(`${hole}+`)) }))
    .reduce((left, right, i) => joinNames(joinNames(left, patternOf(['', ''], [holesOf(declaration.name)[i - 1]!])), right))
  return {
    ...declaration,
    name,
    ...(name.parts.length > parts.length && { reason: 'part of the name is filled in at run time' }),
    labels: declaration.labels.filter(({ name }) => !name.includes(hole)).map((label) => {
      const { patterns, ...known } = label
      const values = label.values.filter((value) => !value.includes(hole))
      const isLike = values.length === label.values.length && patterns?.every(({ parts }) => !parts.some((part) => part.includes(hole)))
      return { ...known, values, open: label.open || values.length < label.values.length, ...(isLike && { patterns }) }
    }),
    labelsOpen: declaration.labelsOpen || declaration.labels.some(({ name }) => name.includes(hole)),
  }
}
