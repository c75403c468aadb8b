import { parse, valueType } from '../../promql/index.js'
import type { Problem } from '../../text/source.js'
import { expand, type Expansion } from './expansion.js'
import { parseTemplate } from './parser.js'
import type { QueryText } from './values.js'
import { prometheusWorld, type TemplateWorld } from './world.js'

/** What is wrong in the text of an alert: Prometheus refuses its file (`syntax`), or cannot expand the text when the alert fires. */
export interface TemplateProblem extends Problem {
  readonly kind: 'syntax' | 'expansion' | 'query'
}

/** What a label or an annotation of an alert says against itself, and what it reads. Spans are UTF-16 offsets in the text. */
export interface CheckedTemplate {
  readonly problems: readonly TemplateProblem[]
  /** `undefined` where the text cannot be read. */
  readonly expansion?: Expansion
}

/** Names of variables that Prometheus declares for the texts of an alert. */
export const alertVariables = Object.keys(prometheusWorld.variables)

/** Checks a text as Prometheus reads it; `world` where another program does. */
export function checkTemplate(text: string, world: TemplateWorld = prometheusWorld): CheckedTemplate {
  const parsed = parseTemplate(text, world)
  if ('problem' in parsed) return { problems: [{ kind: 'syntax', ...parsed.problem }] }
  const expansion = expand(parsed.template, world)
  return {
    problems: [...expansion.problems.map((problem) => ({ kind: 'expansion' as const, ...problem })), ...expansion.queries.flatMap(queryProblem)],
    expansion,
  }
}

/** A template with the key that it stands under. */
export interface NamedTemplate extends CheckedTemplate {
  readonly name: string
  readonly text: string
}

const templates = new WeakMap<Readonly<Record<string, string>>, readonly NamedTemplate[]>()

/** The texts with templates among the labels or annotations of a rule, checked once for all who ask for these. */
export function templatesIn(texts: Readonly<Record<string, string>>): readonly NamedTemplate[] {
  const known = templates.get(texts)
  if (known) return known
  const found = Object.entries(texts).flatMap(([name, text]) => (text.includes('{{') ? [{ name, text, ...checkTemplate(text) }] : []))
  templates.set(texts, found)
  return found
}

/** The first error of a query; none where what `printf` fills in may be what makes the text a query. */
function queryProblem({ text, offsets, isFilledIn }: QueryText): TemplateProblem[] {
  const { expr, errors: [error] } = parse(text, { templates: isFilledIn ? 'grafana' : 'none' })
  const span = (start: number, end: number) => ({ start: offsets[start]!, end: offsets[end]! })
  if (error) return [{ kind: 'query', message: error.message, span: span(error.start, error.end) }]
  const type = expr && valueType(expr)
  // Prometheus: rules/manager.go, EngineQueryFunc
  return type !== 'matrix' && type !== 'string' ? [] : [{ kind: 'query', message: 'rule result is not a vector or scalar', span: span(0, text.length) }]
}
