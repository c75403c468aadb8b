import { defineRule } from '../src/lint/rule.js'

export default defineRule({
  name: 'parse-error',
  subject: 'file',
  severity: 'error',
  summary: 'Each file can be read',
  check(file, { report }) {
    // After the first error the rest is a guess; code is read as far as it goes, so there an error is not fatal.
    const [problem] = file.problems
    if (problem === undefined) return
    report({
      at: { source: file.source, span: problem.span },
      message: problem.message,
      ...(file.kind === 'source' && { severity: 'warning' as const }),
    })
  },
})
