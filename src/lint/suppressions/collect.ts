import { commentsIn } from '../../promql/comments.js'
import { commentedText, commentsInside, foundComment, type CommentedText } from '../../text/comments.js'
import type { StructuredDocument, DocumentPath } from '../../text/document.js'
import type { SourceText, Span } from '../../text/source.js'
import { sourceText } from '../../text/source.js'
import { valueAt } from '../../text/value.js'
import { yamlComments } from '../../text/yaml-comments.js'
import type { Workspace, WorkspaceFile } from '../../workspace/workspace.js'
import { marker, readDirective, type Directive, type NamedRule } from './directive.js'
import type { Suppression, WrongSuppression, Written } from './suppression.js'

/** Suppressions as they are found, in lists that grow. */
interface Collection {
  readonly suppressions: Suppression[]
  readonly wrong: WrongSuppression[]
}

/** A place where a directive stands. */
interface Site {
  readonly source: SourceText
  readonly writtenIn: Suppression['writtenIn']
  /** The span in the file of characters of the directive. */
  spanOf(start: number, end: number): Span
}

/**
 * What is written down in the files to report on: in comments of YAML, TypeScript, JavaScript, Python, Markdown and PromQL,
 * and in descriptions of dashboards and panels. Parsers are only loaded for files in which there are words for the linter.
 */
export async function writtenInFiles(workspace: Workspace, ruleNames: readonly string[]): Promise<Written> {
  const collection: Collection = { suppressions: [], wrong: [] }
  const seen = new Set<string>()
  for (const text of await commentedTexts(workspace)) {
    // A file has one entry for each kind of thing in it, and what is embedded tells of what it is embedded in.
    const key = JSON.stringify([text.source.path, text.whole.start, text.whole.end])
    if (!seen.has(key)) addComments(text, ruleNames, collection)
    seen.add(key)
  }
  addDescriptions(workspace, ruleNames, collection)
  return collection
}

async function commentedTexts({ files, sources, queries, isReported }: Workspace): Promise<CommentedText[]> {
  const matters = ({ path, text }: SourceText) => text.includes(marker) && isReported(path)
  const texts: CommentedText[] = []
  for (const file of files) if (matters(file.source)) texts.push(...await commentsOf(file))
  for (const source of sources()) if (matters(source)) texts.push(await commentsOfCode(source))
  for (const { text, source, place } of queries) {
    if (!text.includes(marker) || !isReported(source.path)) continue
    const comments = commentsIn(text).map((span) => foundComment(text, span, /^#+/))
    texts.push(commentsInside(commentedText(sourceText(source.path, text), { comments }), source, ({ start, end }) => place(start, end).span))
  }
  return texts
}

async function commentsOf({ kind, source, documents }: WorkspaceFile): Promise<readonly CommentedText[]> {
  // Code is read for itself, a registry has no comments.
  if (kind === 'source' || kind === 'registry') return []
  if (kind === 'document') {
    const { markdownComments } = await import('../../text/markdown.js')
    return [commentedText(source, markdownComments(source.text))]
  }
  if (documents.length > 0) return documents.flatMap((document) => document.comments?.() ?? [])
  return source.path.toLowerCase().endsWith('.json') ? [] : [commentedText(source, yamlComments(source.text))]
}

async function commentsOfCode(source: SourceText): Promise<CommentedText> {
  if (/\.py$/i.test(source.path)) {
    const { pythonComments } = await import('../../extract/python/syntax/comments.js')
    return commentedText(source, pythonComments(source.text))
  }
  const { scriptComments } = await import('../../extract/typescript/syntax/syntax.js')
  return commentedText(source, scriptComments(source))
}

/** A block that has begun and not ended. */
interface OpenBlock {
  readonly named: NamedRule
  readonly site: Site
  readonly directive: Directive
}

function addComments({ source, whole, comments }: CommentedText, ruleNames: readonly string[], { suppressions, wrong }: Collection): void {
  let open: OpenBlock[] = []
  let hasBegun = false
  const endBlock = ({ named, site, directive }: OpenBlock, end: number) => {
    const { start } = site.spanOf(0, 0)
    suppressions.push(suppressionOf(named, directive, site, { span: { start, end: Math.max(start, end) }, about: 'in the lines that follow' }))
  }
  for (const { text, spanOf, line, nextLine } of comments) {
    if (!text.startsWith(marker)) continue
    const directive = readDirective(text, ruleNames)
    if (directive === undefined) continue
    const site: Site = { source, spanOf, writtenIn: 'comment' }
    wrong.push(...directive.wrong.map((one) => located(one, site)))
    const add = (span: Span, about: string) => suppressions.push(...directive.rules.map((named) => suppressionOf(named, directive, site, { span, about })))
    switch (directive.command) {
      case 'disable-file':
        add({ start: 0, end: source.text.length }, 'in this file')
        break
      case 'disable-line':
        add(line, 'on this line')
        break
      case 'disable-next-line':
        if (nextLine) add(nextLine, 'on the next line')
        else if (directive.rules.length > 0) wrong.push({ place: { source, span: spanOf(0, directive.end) }, message: 'No line follows this comment: it suppresses nothing' })
        break
      case 'disable':
        hasBegun = true
        open.push(...directive.rules.map((named) => ({ named, site, directive })))
        break
      case 'enable': {
        const { start: end } = spanOf(0, 0)
        const ends = ({ named }: OpenBlock) => directive.rules.length === 0 ? directive.wrong.length === 0 : directive.rules.some(({ rule }) => rule === named.rule)
        if (!hasBegun) wrong.push({ place: { source, span: spanOf(0, directive.end) }, message: `No "${marker}-disable" comes before this` })
        open.filter(ends).forEach((block) => endBlock(block, end))
        open = open.filter((block) => !ends(block))
      }
    }
  }
  open.forEach((block) => endBlock(block, whole.end))
}

/** Markers in the descriptions of dashboards and panels. */
function addDescriptions({ dashboards, panels, isReported }: Workspace, ruleNames: readonly string[], collection: Collection): void {
  for (const { document, path, source } of dashboards) {
    if (isReported(source.path)) addDescription(document, path, 'in this dashboard', ruleNames, collection)
  }
  for (const { path, dashboard: { document, source } } of panels) {
    if (isReported(source.path)) addDescription(document, path, 'in this panel', ruleNames, collection)
  }
}

function addDescription(document: StructuredDocument, path: DocumentPath, about: string, ruleNames: readonly string[], { suppressions, wrong }: Collection): void {
  const at = [...path, 'description']
  const description = valueAt(document.value, at)
  if (typeof description !== 'string' || !description.includes(marker)) return
  const span = document.spanOf(path)
  // A marker may be hidden from those who read the description: Grafana shows it as Markdown.
  for (const { 0: written, 1: before = '', index } of description.matchAll(/^([ \t]*(?:<!--)?[ \t]*)ml-dash-lint[^\r\n]*/gm)) {
    const text = written.slice(before.length).replace(/[ \t]*-->[ \t]*$/, '')
    const directive = readDirective(text, ruleNames)
    if (directive === undefined) continue
    const begin = index + before.length
    const site: Site = {
      source: document.source,
      writtenIn: 'description',
      spanOf: (start, end) => document.spanInString(at, begin + start, begin + end),
    }
    wrong.push(...directive.wrong.map((one) => located(one, site)))
    if (directive.rules.length === 0 && directive.command !== 'enable') continue
    if (directive.command !== 'disable') {
      const message = `In a description only "${marker}-disable" has a meaning: it is about all that is ${about}`
      wrong.push(located({ start: 0, end: directive.end, message, suggestion: `${marker}-disable` }, site))
    } else if (isEncoded(document, at)) {
      wrong.push(located({ start: 0, end: directive.end, message: 'What is compressed has no places: suppress this in the configuration' }, site))
    } else suppressions.push(...directive.rules.map((named) => suppressionOf(named, directive, site, { span, about })))
  }
}

/** Whether the file has no place for what stands in a document. */
function isEncoded(document: StructuredDocument, at: DocumentPath): boolean {
  const [whole, part] = [document.spanOf([]), document.spanOf(at)]
  return whole.start === part.start && whole.end === part.end
}

function located({ start, end, message, suggestion }: Directive['wrong'][number], { source, spanOf }: Site): WrongSuppression {
  return { place: { source, span: spanOf(start, end) }, message, ...(suggestion !== undefined && { suggestion }) }
}

function suppressionOf({ rule, metrics, labels, start, end }: NamedRule, { reason, until }: Directive, { source, spanOf, writtenIn }: Site, { span, about }: { readonly span: Span; readonly about: string }): Suppression {
  return {
    rule,
    ...(metrics && { metrics }),
    ...(labels && { labels }),
    place: { source, span: spanOf(start, end) },
    writtenIn,
    ...(reason !== undefined && { reason }),
    ...(until !== undefined && { until }),
    reach: { path: source.path, span },
    about,
  }
}
