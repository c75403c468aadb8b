import { componentOf } from '../contract/component.js'
import type { Coverage } from '../lint/coverage.js'
import { visible } from '../text/visible.js'
import type { Report, Summary } from './report.js'

/** What was found, what was read and what of it was checked: one line, and another where there is more than one rule. */
export function summaryLines({ summary, coverage, unread }: Report): string[] {
  const { files, dashboards, ruleFiles, queries, families, byRule, roots, fixed, since } = summary
  const read = [
    counted(dashboards, 'dashboard'),
    counted(ruleFiles, 'rule file'),
    counted(queries, 'query', 'queries'),
    `${counted(families, 'metric family', 'metric families')}${roots === undefined ? '' : ` known from all of ${roots.map((root) => visible(root) || 'this folder').join(' and ')}`}`,
  ]
  const covered = coverage?.()
  const checked = covered === undefined || covered.selectors.total === 0 ? '' : `; ${checkedPart(covered)}`
  const rules = Object.entries(byRule).sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([rule, count]) => `${rule} ${count}`)
  return [
    files === 0 && summary.errors + summary.warnings === 0 ? 'Nothing was read' : `${found(summary)} in ${counted(files, 'file')}: ${read.join(', ')}${checked}`,
    ...(since === undefined || since.before === 0 ? [] : [`${counted(since.before, 'problem')} ${since.before === 1 ? 'was' : 'were'} there before`]),
    ...(rules.length > 1 ? [rules.join(', ')] : []),
    ...(fixed === undefined ? [] : [`Fixed ${counted(fixed.problems, 'problem')} in ${counted(fixed.files, 'file')}`]),
    ...hiddenLine(summary),
    ...(unread === undefined || unread.length === 0 ? [] : [unreadLine(unread)]),
  ]
}

/** What was found and is not reported: `3 suppressed; 12 in the baseline, 3 of them gone: --update-baseline drops them`. */
function hiddenLine({ suppressed, baseline }: Summary): string[] {
  const parts: string[] = []
  if (suppressed !== undefined) parts.push(`${suppressed} suppressed`)
  if (baseline !== undefined && baseline.known + baseline.gone > 0) {
    const gone = baseline.gone === 0 ? '' : `, ${baseline.gone} of them gone: --update-baseline drops ${baseline.gone === 1 ? 'it' : 'them'}`
    parts.push(`${baseline.known + baseline.gone} in the baseline${gone}`)
  }
  return parts.length === 0 ? [] : [parts.join('; ')]
}

function found({ errors, warnings, causes, hiddenWarnings = 0, since, baseline }: Summary): string {
  const problems = errors + warnings
  const sinceThen = since === undefined ? '' : ` since ${visible(since.revision)}`
  const isNew = since !== undefined || (baseline !== undefined && baseline.known > 0)
  const kind = isNew ? 'new problem' : 'problem'
  if (problems === 0) return `No ${kind}s${sinceThen}`
  const of = causes === problems ? '' : ` of ${counted(causes, 'cause')}`
  const hidden = hiddenWarnings === 0 ? '' : `, not shown`
  return `${counted(problems, kind)}${of} (${counted(errors, 'error')}, ${counted(warnings, 'warning')}${hidden})${sinceThen}`
}

const maximumComponents = 3

/** `288 selectors, 279 checked; 9 not: celery_* (9 names)` */
function checkedPart({ selectors, unverifiedMetrics }: Coverage): string {
  const all = counted(selectors.total, 'selector')
  if (selectors.unverified === 0) return `${all}, ${selectors.total === 1 ? 'checked' : 'all checked'}`
  const components = new Map<string, number>()
  let unnamed = 0
  for (const { metric, count } of unverifiedMetrics) {
    if (metric === undefined) unnamed += count
    else {
      const { names } = componentOf(metric, { kind: 'not-at-hand' })
      components.set(names, (components.get(names) ?? 0) + 1)
    }
  }
  const sorted = [...components].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
  const named = sorted.slice(0, maximumComponents).map(([names, count]) => `${visible(names)} (${counted(count, 'name')})`)
  const more = sorted.length - maximumComponents
  const parts = [...named, ...(more > 0 ? [`${more} more`] : []), ...(unnamed > 0 ? [`${unnamed} without a name`] : [])]
  return `${all}, ${selectors.total - selectors.unverified} checked; ${selectors.unverified} not: ${parts.join(', ')}`
}

/** Files in forms that are not read, at least one, in a line for all of them. */
export function unreadLine(unread: NonNullable<Report['unread']>): string {
  const forms = new Map<string, string[]>()
  for (const { form, path } of unread) {
    const paths = forms.get(form)
    if (paths) paths.push(path)
    else forms.set(form, [path])
  }
  const told = [...forms].sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1)).map(([form, paths]) => `${form} (${paths.length === 1 ? '' : `${paths.length}, first `}${visible(paths[0]!)})`)
  const files = new Set(unread.map(({ path }) => path)).size
  return `${counted(files, 'file')} ${files === 1 ? 'holds' : 'hold'} dashboards or rules in a form that is not read: ${told.join(', ')}`
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}
