import type { Diagnostic } from '../lint/diagnostic.js'
import { compareStrings } from '../registry/merge.js'
import { byFile, inDirectory } from './by-file.js'
import { onOneLine } from './one-line.js'
import { placeLabel, untoldPlaces } from './place-label.js'
import type { Formatter } from './report.js'
import { xmlAttributes, xmlHead, xmlText } from './xml.js'

/**
 * JUnit's XML as Jenkins (xunit-plugin: junit-10.xsd) and GitLab read it: a suite for each file, a failed test for each
 * finding, a passed one for each dashboard and rule file without any. JUnit has no warnings: the `type` of a failure
 * tells its severity. Tests are named by what was found, not by where, so that they are told again after lines moved;
 * those of one name are numbered, because GitLab takes two of one name for one.
 */
export const junit: Formatter = ({ diagnostics, coverage }, { directory }) => {
  const failures = byFile(diagnostics)
  const consumers = coverage?.().consumers.map(({ file }) => file) ?? []
  const suites = [...new Set([...failures.keys(), ...consumers])].sort(compareStrings).map((path) => {
    const own = failures.get(path) ?? []
    const file = inDirectory(directory, path)
    const nameOf = numbered()
    const cases = own.length === 0 ? [`    <testcase${xmlAttributes({ name: 'no findings', classname: file, time: 0 })} />\n`] : own.map((diagnostic) => failed(diagnostic, nameOf, file))
    return `  <testsuite${xmlAttributes({ name: file, tests: cases.length, failures: own.length, errors: 0, time: 0, file })}>\n${cases.join('')}  </testsuite>\n`
  })
  const tests = diagnostics.length + suites.length - failures.size
  return `${xmlHead}<testsuites${xmlAttributes({ name: 'ml-dash-lint', tests, failures: diagnostics.length, errors: 0, time: 0 })}>\n${suites.join('')}</testsuites>\n`
}

function failed({ rule, severity, message, place, context, related }: Diagnostic, nameOf: (name: string) => string, classname: string): string {
  const name = nameOf(`${rule}: ${onOneLine(message)}`)
  const places = untoldPlaces(message, related).map((at) => `${placeLabel(at.place)} ${at.message}`)
  const text = [placeLabel(place), message, ...(context === undefined ? [] : [context]), ...places].join('\n')
  return `    <testcase${xmlAttributes({ name, classname, time: 0 })}>\n`
    + `      <failure${xmlAttributes({ type: severity, message })}>${xmlText(text)}</failure>\n    </testcase>\n`
}

/** Gives each name once: `x`, `x (2)`. */
function numbered(): (name: string) => string {
  const seen = new Map<string, number>()
  return (name) => {
    const count = (seen.get(name) ?? 0) + 1
    seen.set(name, count)
    return count === 1 ? name : `${name} (${count})`
  }
}
