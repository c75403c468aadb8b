import type { Diagnostic } from '../lint/diagnostic.js'
import { byFile } from './by-file.js'
import { cutText, markdownCode, markdownText } from './markdown-text.js'
import type { Formatter, FormatOptions, Report } from './report.js'
import { counted, summaryLines } from './summary-line.js'

/** A comment on GitHub can have no more characters; GitLab takes a million. */
const mostCharacters = 65_536
/** Longer messages and names say no more to a reader of a table. */
const longestText = 600
const longestName = 200
const mostUnverified = 20

/**
 * For a comment on a pull request, or a job summary: what was found in a sentence, a table of findings for each file, and what
 * could not be checked. What does not fit GitHub's limit is left out from the end, and counted.
 */
export const markdown: Formatter = (report, { ruleDocs }) => {
  const { diagnostics } = report
  const [found = '', ...details] = summaryLines(report)
  const head = `### ${titleOf(report)}\n\n${markdownText(cutText(found, longestText))}\n`
  const tail = [
    ...details.map((line) => `\n${markdownText(cutText(line, longestText))}\n`),
    ...(report.notes ?? []).map((note) => `\n${markdownText(cutText(note, longestText))}\n`),
    coverageTable(report),
  ].join('')
  const left = (count: number) => `\n…and ${counted(count, 'more finding')}, which ${count === 1 ? 'does' : 'do'} not fit here\n`

  let tables = ''
  let told = 0
  const room = mostCharacters - head.length - tail.length - left(diagnostics.length).length
  for (const [path, own] of byFile(diagnostics)) {
    const heading = `\n#### ${markdownCode(cutText(path, longestName))}\n\n| line | | finding | rule |\n| ---: | --- | --- | --- |\n`
    const rows = own.map((diagnostic) => rowOf(diagnostic, ruleDocs))
    let table = heading
    for (const row of rows) {
      if (tables.length + table.length + row.length > room) break
      table += row
      told++
    }
    if (table !== heading) tables += table
    if (table.length < heading.length + rows.join('').length) break
  }
  return head + tables + (told < diagnostics.length ? left(diagnostics.length - told) : '') + tail
}

function titleOf({ summary: { errors, warnings } }: Report): string {
  const parts = [...(errors > 0 ? [counted(errors, 'error')] : []), ...(warnings > 0 ? [counted(warnings, 'warning')] : [])]
  return `ml-dash-lint: ${parts.join(' and ') || 'no problems'}`
}

function rowOf({ place: { source, span }, severity, message, context, rule }: Diagnostic, ruleDocs: FormatOptions['ruleDocs']): string {
  const { line } = source.positionAt(span.start)
  const url = ruleDocs?.(rule)?.url
  const name = markdownCode(cutText(rule, longestName))
  const where = context === undefined ? '' : `<br>${markdownText(cutText(context, longestText))}`
  return `| ${line} | ${severity} | ${markdownText(cutText(message, longestText))}${where} | ${url === undefined ? name : `[${name}](${url})`} |\n`
}

/** What could not be checked, folded. */
function coverageTable({ coverage }: Report): string {
  const covered = coverage?.()
  if (covered === undefined || covered.selectors.unverified === 0) return ''
  const names = covered.unverified.filter(({ metric, label }) => metric !== undefined && label === undefined)
  const rows = names.slice(0, mostUnverified).map(({ metric, reason, count }) => `| ${markdownCode(cutText(metric!, longestName))} | ${count} | ${markdownText(cutText(reason, longestText))} |\n`)
  const { total, unverified } = covered.selectors
  const more = names.length - rows.length
  return `\n<details><summary>${counted(unverified, 'selector')} of ${total} could not be checked</summary>\n\n`
    + `${rows.length === 0 ? '' : `| metric | uses | why |\n| --- | ---: | --- |\n${rows.join('')}\n`}${more > 0 ? `…and ${counted(more, 'more name')}\n\n` : ''}</details>\n`
}
