import { withoutFilledIn } from '../promql/filled-in.js'
import type { DocumentPath, StructuredDocument } from '../text/document.js'
import { hasFilledIn } from '../text/filled-in.js'
import { scalarText } from '../text/scalar-text.js'
import { isRecord, listOf, recordOf } from '../text/value.js'
import { ruleLanguage } from './logql.js'
import type { Rule, RuleFile, RuleGroup } from './model.js'
import { isMetricsql, vmalertLanguage } from './vmalert.js'

type Model = Readonly<Record<string, unknown>>

/**
 * Whether a value is a Prometheus rule file (or one of Loki's or vmalert's, which have the same form: see `RuleFile.language`).
 * PrometheusRule resources and Grafana's provisioned alert rules also have `groups` and are not.
 */
export function looksLikeRuleFile(value: unknown): boolean {
  if (!isRecord(value) || !Array.isArray(value['groups'])) return false
  if ('apiVersion' in value || 'kind' in value) return false
  const rules = (value['groups'] as unknown[]).flatMap((group) => listOf(recordOf(group)['rules'])).filter(isRecord)
  const isGrafanaRule = (rule: Model) => 'uid' in rule && 'data' in rule
  return rules.some((rule) => ('alert' in rule || 'record' in rule) && !isGrafanaRule(rule)) ||
    (rules.length > 0 && rules.every((rule) => 'expr' in rule && !isGrafanaRule(rule)))
}

/**
 * Reads the groups and rules of a rule file. What has neither a name nor an expression that can be read is left out:
 * the file's schema and `ruleFileProblems` report it.
 */
export function readRuleFile(document: StructuredDocument): RuleFile {
  const groups = listOf(recordOf(document.value)['groups']).flatMap((group, index): RuleGroup[] => {
    if (!isRecord(group)) return []
    const path = ['groups', index]
    const partialResponseStrategy = scalarText(document, group['partial_response_strategy'], [...path, 'partial_response_strategy'])
    return [{
      path,
      name: scalarText(document, group['name'], [...path, 'name']) ?? '',
      labels: texts(document, group['labels'], [...path, 'labels']),
      ...(partialResponseStrategy !== undefined && { partialResponseStrategy }),
      rules: readRules(document, group, path),
    }]
  })
  const expressions = groups.flatMap(({ rules }) => rules.map(({ expr }) => withoutFilledIn(expr, ['go-template'])))
  return { document, language: vmalertLanguage(document) ?? (expressions.some(isMetricsql) ? 'metricsql' : ruleLanguage(expressions)), groups }
}

/**
 * Whether anything loads a document with rules. Prometheus decodes the first document of a file and no other
 * (model/rulefmt: Parse); vmalert reads all (app/vmalert/config: parseConfig).
 */
export function isLoaded(document: StructuredDocument): boolean {
  return document.ordinal === 0 || vmalertLanguage(document) !== undefined
}

function readRules(document: StructuredDocument, group: Model, groupPath: DocumentPath): Rule[] {
  return listOf(group['rules']).flatMap((rule, index): Rule[] => {
    if (!isRecord(rule)) return []
    const path = [...groupPath, 'rules', index]
    const text = (key: string) => scalarText(document, rule[key], [...path, key])
    const expr = text('expr')
    if (expr === undefined) return []
    const base = { path, expr, exprPath: [...path, 'expr'], labels: texts(document, rule['labels'], [...path, 'labels']) }
    const alert = text('alert')
    if (alert !== undefined && alert !== '') {
      const annotations = texts(document, rule['annotations'], [...path, 'annotations'])
      const waits = text('for')
      const keepFiringFor = text('keep_firing_for')
      return [{ kind: 'alerting', ...base, alert, annotations, ...(waits !== undefined && { for: waits }), ...(keepFiringFor !== undefined && { keepFiringFor }) }]
    }
    const record = text('record')
    return record !== undefined && record !== '' ? [{ kind: 'recording', ...base, record }] : []
  })
}

function texts(document: StructuredDocument, value: unknown, path: DocumentPath): Record<string, string> {
  return Object.fromEntries(
    Object.entries(recordOf(value)).flatMap(([key, one]) => {
      const text = one === null ? '' : scalarText(document, one, [...path, key])
      return text === undefined ? [] : [[key, text]]
    }),
  )
}

/** Something in a rule file that Prometheus refuses. */
export interface RuleFileProblem {
  readonly message: string
  readonly path: DocumentPath
  /** Whether the key at `path` is meant, not its value. */
  readonly onKey?: boolean
}

/**
 * What Prometheus refuses in a rule file and its JSON Schema cannot tell (Prometheus: model/rulefmt/rulefmt.go):
 * groups of one name, names that no metric or label can have. Names are judged as Prometheus 3 does by default, with
 * UTF-8 allowed; only what no name means to be, such as an expression in `record`, is refused beyond that.
 */
export function ruleFileProblems(document: StructuredDocument): RuleFileProblem[] {
  const problems: RuleFileProblem[] = []
  const firstOfName = new Map<string, DocumentPath>()

  function labelNames(value: unknown, path: DocumentPath, what: 'label' | 'annotation'): void {
    for (const name of Object.keys(recordOf(value))) {
      if (document.template && hasFilledIn(name)) continue
      if (isName(name) && (what === 'annotation' || name !== '__name__')) continue
      const reason = name === '__name__' ? '"__name__" is set by "record"' : `"${name}" is not a name for ${what === 'label' ? 'a label' : 'an annotation'}`
      problems.push({ message: reason, path: [...path, name], onKey: true })
    }
  }

  for (const [groupIndex, group] of listOf(recordOf(document.value)['groups']).entries()) {
    if (!isRecord(group)) continue
    const path = ['groups', groupIndex]
    const { name } = group
    if (typeof name === 'string' && name !== '') {
      const first = firstOfName.get(name)
      if (first && document.template) continue
      if (first) {
        const { line } = document.source.positionAt(document.spanOf(first).start)
        problems.push({ message: `Group "${name}" is already defined on line ${line}`, path: [...path, 'name'] })
      } else firstOfName.set(name, [...path, 'name'])
    }
    labelNames(group['labels'], [...path, 'labels'], 'label')
    for (const [ruleIndex, rule] of listOf(group['rules']).entries()) {
      if (!isRecord(rule)) continue
      const rulePath = [...path, 'rules', ruleIndex]
      const { record } = rule
      if (typeof record === 'string' && record !== '' && !isName(record) && !(document.template && hasFilledIn(record))) {
        problems.push({ message: `"${record}" is not a name for a metric`, path: [...rulePath, 'record'] })
      }
      labelNames(rule['labels'], [...rulePath, 'labels'], 'label')
      labelNames(rule['annotations'], [...rulePath, 'annotations'], 'annotation')
    }
  }
  return problems
}

function isName(text: string): boolean {
  return text !== '' && !/[\s{}()[\]"'`,=]/.test(text)
}
