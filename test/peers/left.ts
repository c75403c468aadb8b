/** What a peer checks and we do not, and why. */
export interface LeftRow {
  readonly peer: string
  readonly check: string
  readonly finds: string
  readonly because: string
}

export const left: readonly LeftRow[] = [
  { peer: 'dashboard-linter', check: 'target-logql-rule, target-logql-auto-rule', finds: 'broken LogQL, a fixed range in it', because: 'LogQL is another language, which is left alone' },
  { peer: 'pint', check: 'yaml/parse', finds: 'a number as an annotation', because: 'Prometheus takes it' },
  { peer: 'pint', check: 'alerts/for', finds: '`for: 0s`, which is the default', because: 'it does no harm' },
  { peer: 'pint', check: 'promql/fragile', finds: 'a quotient of two sums without `for`', because: 'most alerts are one, and only a start of Prometheus is meant' },
  { peer: 'pint', check: 'promql/regexp', finds: 'a pattern with a wildcard inside, `=~"a_.+_b"`', because: 'labels of other programs are what they are; two of three findings of pint on public rules were this one' },
  { peer: 'pint', check: 'promql/cost, alerts/count, query/cost', finds: 'how much a query costs, and how often an alert would have fired', because: 'only a server can tell, and nothing is asked over the network' },
  { peer: 'pint', check: 'rule/link', finds: 'a runbook that does not answer', because: 'nothing is asked over the network' },
  { peer: 'pint', check: 'rule/owner, rule/report', finds: 'rules without an owner, and all that match', because: 'a file of code owners, and review, do this for the whole repository' },
  { peer: 'pint', check: 'pint/comment, ignore/file', finds: 'comments of pint that are malformed, or switch it off', because: 'they are of pint alone' },
  { peer: 'promtool', check: 'check rules', finds: 'rules of one name and the same labels, whatever their expressions', because: 'that is how levels of an alert, and parts of a record, are written' },
  { peer: 'promtool', check: 'check config', finds: 'an external label that is no name in Prometheus 2', because: 'Prometheus 3 takes it' },
  { peer: 'promtool', check: 'check config', finds: 'files of credentials and certificates that are not there', because: 'secrets are not in the repository, and their paths are those of another machine' },
  { peer: 'mimirtool', check: 'rules lint', finds: 'expressions that are not formatted', because: 'it is no checker, but a formatter' },
  { peer: 'promruval', check: 'expressionUsesUnderscoresInLargeNumbers', finds: '`10000000`', because: 'it is a matter of taste' },
  { peer: 'promruval', check: 'hasValidLimit', finds: '`limit: -1`', because: 'Prometheus takes it for no limit' },
  { peer: 'promruval', check: 'doesNotContainTypos', finds: 'words of a list', because: 'spell checkers do this for all files' },
]
