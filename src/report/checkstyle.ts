import { byFile, inDirectory } from './by-file.js'
import type { Formatter } from './report.js'
import { xmlAttributes, xmlHead } from './xml.js'

/** Checkstyle's XML, which Jenkins, Bitbucket, TeamCity, reviewdog and most review bots read. */
export const checkstyle: Formatter = ({ diagnostics }, { directory }) => {
  const files = [...byFile(diagnostics)].map(([path, own]) => {
    const errors = own.map(({ place: { source, span }, severity, message, context, rule }) => {
      const { line, column } = source.positionAt(span.start)
      const told = context === undefined ? message : `${message} (${context})`
      return `    <error${xmlAttributes({ line, column, severity, message: told, source: `ml-dash-lint.${rule}` })} />\n`
    })
    return `  <file${xmlAttributes({ name: inDirectory(directory, path) })}>\n${errors.join('')}  </file>\n`
  })
  return `${xmlHead}<checkstyle version="4.3">\n${files.join('')}</checkstyle>\n`
}
