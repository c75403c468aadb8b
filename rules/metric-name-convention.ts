import { conventionProblems } from '../src/contract/name-convention.js'
import { defineRule } from '../src/lint/rule.js'

export default defineRule({
  name: 'metric-name-convention',
  subject: 'family',
  severity: 'warning',
  summary: 'Each metric that the code declares is named as Prometheus recommends',
  check(family, { report }) {
    const place = family.declarations[0]?.place
    if (family.origin.kind !== 'code' || place === undefined) return
    for (const problem of conventionProblems(family)) {
      report({ at: place, message: `"${family.name}": ${problem}`, data: { metric: family.name } })
    }
  },
})
