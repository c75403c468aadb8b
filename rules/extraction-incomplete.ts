import { defineRule } from '../src/lint/rule.js'

export default defineRule({
  name: 'extraction-incomplete',
  subject: 'workspace',
  severity: 'warning',
  summary: 'All code that has to do with metrics can be followed',
  check({ incompleteness }, { report }) {
    for (const { language, place, functions, files, lacks } of incompleteness) {
      const amounts = `${amount(functions, 'function')} in ${amount(files, 'file')}`
      const told = lacks
        ? `At least ${amounts} of the ${language} code take more steps than a single function may and were not followed to their end, this one first. `
          + `So ${lacks === 'names' ? 'names of metrics that are not known' : 'other values of the labels that they record'} count as possible. `
        : `The ${language} code is more than the budget allows to follow: at least ${amounts} were not followed from where they are called, `
          + 'this one first. So other names, label values and recordings than those found count as possible. '
      report({
        at: { source: place.source, span: { start: place.span.start, end: place.span.start } },
        message: `${told}Name what does not matter in "ignore", raise "extract.budget", or lint against an exported registry`,
      })
    }
  },
})

function amount(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
