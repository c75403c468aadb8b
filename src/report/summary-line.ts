import type { Summary } from './report.js'

/** What was found and what was read, in one line. */
export function summaryLine({ files, dashboards, ruleFiles, queries, families, errors, warnings }: Summary): string {
  const problems = errors + warnings
  const found =
    problems === 0 ? 'No problems' : `${counted(problems, 'problem')} (${counted(errors, 'error')}, ${counted(warnings, 'warning')})`
  const read = [
    counted(dashboards, 'dashboard'),
    counted(ruleFiles, 'rule file'),
    counted(queries, 'query', 'queries'),
    counted(families, 'metric family', 'metric families'),
  ]
  return `${found} in ${counted(files, 'file')}: ${read.join(', ')}`
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}
