import type { LabelMatcher, MatchOp, Template, Text, VectorSelector } from './ast.js'
import type { Cursor } from './cursor.js'
import { regexpProblem } from './regexp.js'

const context = 'label matching'

/** Reads `name{…}`, `name` or `{…}`; the cursor is after the name, or before the brace where there is none. */
export function readVectorSelector(cursor: Cursor, name: Text | undefined): VectorSelector {
  const selector: Building = {
    type: 'VectorSelector',
    matchers: [],
    matcherTemplates: [],
    start: name?.start ?? cursor.start,
    end: name?.end ?? cursor.end,
  }
  if (name) selector.name = name
  if (cursor.take('{')) {
    readMatchers(cursor, selector)
    selector.end = cursor.end
    cursor.take('}')
  }
  return selector
}

/** A selector while its braces are read. */
interface Building extends VectorSelector {
  name?: Text
  readonly matchers: LabelMatcher[]
  readonly matcherTemplates: Template[]
  end: number
}

/** Reads up to the closing brace (Prometheus: generated_parser.y, label_match_list). */
function readMatchers(cursor: Cursor, into: Building): void {
  if (cursor.peek() === '}') return
  for (;;) {
    readMatcher(cursor, into)
    const kind = cursor.peek()
    if (kind === 'template' || (kind === 'identifier' && endsWithTemplate(into, cursor.start))) continue
    if (kind !== ',' && kind !== '}') {
      cursor.unexpected(context, '"," or "}"')
      cursor.skipTo(',', '}')
    }
    if (!cursor.take(',') || cursor.peek() === '}') return
  }
}

/** `{$filters job="x"}`: the template may bring its own comma. */
function endsWithTemplate({ matcherTemplates, matchers }: Building, before: number): boolean {
  const last = matcherTemplates.at(-1)
  return last !== undefined && last.end <= before && last.end > (matchers.at(-1)?.end ?? -1)
}

function readMatcher(cursor: Cursor, into: Building): void {
  const kind = cursor.peek()
  if (kind !== 'identifier' && kind !== 'string' && kind !== 'template') {
    failMatcher(cursor, 'identifier or "}"')
    return
  }
  const name = cursor.takeText()
  const op = cursor.peek()
  if (op !== '=' && op !== '!=' && op !== '=~' && op !== '!~') {
    if (kind === 'string') addMetricName(name, into)
    else if (kind === 'template') into.matcherTemplates.push(...name.parts.filter((part) => typeof part !== 'string'))
    else failMatcher(cursor, 'label matching operator')
    return
  }
  cursor.advance()
  const valueKind = cursor.peek()
  if (valueKind === 'string' || valueKind === 'template') addMatcher(cursor, name, op, cursor.takeText(), into)
  else failMatcher(cursor, 'string')
}

function failMatcher(cursor: Cursor, expected: string): void {
  cursor.unexpected(context, expected)
  cursor.skipTo(',', '}')
}

function addMetricName(name: Text, into: Building): void {
  if (!into.name) {
    into.name = name
    return
  }
  const { start, end } = name
  const metricName: Text = { parts: ['__name__'], quoted: false, start, end }
  into.matchers.push({ type: 'LabelMatcher', name: metricName, op: '=', value: name, start, end })
}

function addMatcher(cursor: Cursor, name: Text, op: MatchOp, value: Text, into: Building): void {
  const { start } = name
  const { end } = value
  into.matchers.push({ type: 'LabelMatcher', name, op, value, start, end })
  if (op === '=' || op === '!=') return
  const problem = regexpProblem(value)
  if (problem !== undefined) cursor.error(problem, start, end)
}
