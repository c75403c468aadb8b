import { defineRule } from '../src/lint/rule.js'

export default defineRule({
  name: 'extraction-incomplete',
  subject: 'workspace',
  severity: 'warning',
  summary: 'All code that has to do with metrics can be followed',
  check({ incompleteness }, { report }) {
    for (const { language, place, functions, files } of incompleteness) {
      report({
        at: { source: place.source, span: { start: place.span.start, end: place.span.start } },
        message: `The ${language} code is more than the budget allows to follow: at least ${amount(functions, 'function')} in ${amount(files, 'file')} `
          + 'were not followed from where they are called, this one first. So other names, label values and recordings than those found count as possible. '
          + 'Name what does not matter in "ignore", raise "extract.budget", or lint against an exported registry',
      })
    }
  },
})

function amount(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
