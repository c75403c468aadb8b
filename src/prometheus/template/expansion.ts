import type { Problem, Span } from '../../text/source.js'
import type { Command, Name, Node, Operand, Pipeline, Template } from './ast.js'
import { elementOf, resultOfCall, type Argument } from './calls.js'
import { prometheusWorld, type TemplateWorld } from './world.js'
import { either, goTypes, unknown, type LabelOwner, type QueryText, type Value } from './values.js'

/** A label that a text reads: the place of its name, in UTF-16 offsets of the text. */
export interface TemplateLabel extends Span {
  readonly label: string
  readonly of: LabelOwner
  /** Whether the text asks somewhere whether the label is there (`if`, `with`, `or`): then it may well be absent. */
  readonly isTested: boolean
}

/** What is known of the expansion of a text before any alert fires. */
export interface Expansion {
  /** What fails whenever it is reached: Prometheus then sends `<error expanding template: …>`. */
  readonly problems: readonly Problem[]
  readonly labels: readonly TemplateLabel[]
  readonly queries: readonly QueryText[]
  /** Of Grafana: each result that a text reads by its `refId`, and does not ask for first. */
  readonly captures: readonly (Span & { readonly refId: string })[]
  /** Where the value of the alert's expression goes into the text, and not only into a condition. */
  readonly printsValue: readonly Span[]
}

/** Every label that a text reads, in the order in which it does: `$labels.x`, `.Labels.x`, `index $labels "x"`, `label "x"`. */
export function templateLabels(template: Template): readonly TemplateLabel[] {
  return expand(template).labels
}

interface Binding {
  readonly name: string
  value: Value
}

/** Goes through a text as Go does when it expands it, with types for values (Go: text/template/exec.go). */
export function expand({ text, body, definitions }: Template, world: TemplateWorld = prometheusWorld): Expansion {
  const problems = new Map<number, Problem>()
  const labels: Omit<TemplateLabel, 'isTested'>[] = []
  const tested: Omit<TemplateLabel, 'isTested'>[] = []
  const queries: QueryText[] = []
  const captures: (Span & { refId: string })[] = []
  const testedCaptures = new Set<string>()
  const printsValue: Span[] = []
  const data: Value = { type: 'data' }
  const running = new Set<string>()
  let tests = 0
  let variables: Binding[] = [{ name: '$', value: data }, ...Object.entries(world.variables).map(([name, value]) => ({ name, value }))]

  nodes(body, data)
  const isTested = ({ label, of }: Omit<TemplateLabel, 'isTested'>) => tested.some((one) => one.label === label && one.of === of)
  return { problems: [...problems.values()], labels: labels.map((one) => ({ ...one, isTested: isTested(one) })), queries, captures: captures.filter(({ refId }) => !testedCaptures.has(refId)), printsValue }

  function fail(message: string, { start, end }: Span): Value {
    if (!problems.has(start)) problems.set(start, { message, span: { start, end } })
    return unknown
  }

  function nodes(list: readonly Node[], dot: Value): void {
    for (const node of list) {
      switch (node.kind) {
        case 'action': {
          const { fromValue } = pipeline(node.pipeline, dot)
          if (fromValue !== undefined && node.pipeline.variables.length === 0) printsValue.push(fromValue)
          break
        }
        case 'if':
        case 'with':
          scoped(() => {
            const value = testing(() => pipeline(node.pipeline, dot))
            scoped(() => nodes(node.body, node.kind === 'with' ? value : dot))
            scoped(() => nodes(node.otherwise, dot))
          })
          break
        case 'range':
          scoped(() => {
            const range = pipeline({ ...node.pipeline, variables: [] }, dot)
            if (['data', 'string', 'float64', 'sample value', 'bool', 'sample'].includes(range.type)) fail(`range can't iterate over ${source(node.pipeline)}`, node.pipeline)
            const element = elementOf(range)
            const [first, second] = node.pipeline.variables
            if (first && second) bind(first, range.type === 'labels' ? { type: 'string' } : unknown, node.pipeline.assigns)
            const last = second ?? first
            if (last) bind(last, element, node.pipeline.assigns)
            scoped(() => nodes(node.body, element))
            scoped(() => nodes(node.otherwise, dot))
          })
          break
        case 'template':
          call(node.name, node.pipeline ? pipeline(node.pipeline, dot) : { type: 'nil' }, node)
          break
      }
    }
  }

  function call(name: string, dot: Value, at: Span): void {
    const definition = definitions.get(name)
    if (definition === undefined) fail(`template ${JSON.stringify(name)} not defined`, at)
    if (definition === undefined || running.has(name)) return
    const around = variables
    running.add(name)
    variables = [{ name: '$', value: dot }]
    nodes(definition, dot)
    variables = around
    running.delete(name)
  }

  function scoped(run: () => void): void {
    const { length } = variables
    run()
    variables.length = length
  }

  function testing<T>(run: () => T): T {
    tests++
    const result = run()
    tests--
    return result
  }

  function bind(variable: Name, value: Value, assigns: boolean): void {
    const { name } = variable
    const declared = assigns ? variables.findLast((one) => one.name === name) : undefined
    // Nothing tells whether the branch of an assignment is taken.
    if (declared) declared.value = either(declared.value, value)
    else if (assigns) fail(`undefined variable: ${name}`, variable)
    else variables.push({ name, value })
  }

  function pipeline({ variables: names, assigns, commands }: Pipeline, dot: Value): Value {
    let piped: Argument | undefined
    for (const one of commands) piped = { value: command(one, dot, piped), at: one, source: source(one) }
    for (const name of names) bind(name, piped!.value, assigns)
    return piped!.value
  }

  function command({ operands: [first, ...rest] }: Command, dot: Value, piped: Argument | undefined): Value {
    if (first.kind === 'function') return functionCall(first.name, first, rest, dot, piped)
    if (first.kind === 'nil') return fail('nil is not a command', first)
    const value = operand(first, dot)
    if (rest.length === 0 && !piped) return value
    if (value.type !== 'unknown') return fail(`can't give argument to non-function ${source(first)}`, first)
    for (const one of rest) operand(one, dot)
    return unknown
  }

  function functionCall(name: string, at: Span, operands: readonly Operand[], dot: Value, piped: Argument | undefined): Value {
    const evaluate = () => operands.map((one): Argument => ({ value: operand(one, dot), at: one, source: source(one) }))
    const written = ['and', 'or', 'not'].includes(name) ? testing(evaluate) : evaluate()
    const args = piped ? [...written, { ...piped, value: withoutConstant(piped.value) }] : written
    const result = resultOfCall(name, args, written.length, world.functions)
    if ('problem' in result) return fail(result.problem, result.at ?? { start: at.start, end: operands.at(-1)?.end ?? at.end })
    readLabels(name, args)
    return result.value
  }

  /** What functions read of labels, and what they ask Prometheus for. */
  function readLabels(name: string, args: readonly Argument[]): void {
    const [first, second] = args
    if (name === 'query' && first?.value.text && !queries.includes(first.value.text)) queries.push(first.value.text)
    if (name === 'index' && first?.value.type === 'captures' && second) readCapture(second)
    if (name === 'index' && first?.value.type === 'labels' && second) readLabel(second, first.value.owner)
    if ((name === 'label' || name === 'sortByLabel') && first && second) readLabel(first, second.value.owner)
  }

  function readLabel({ value: { text: label, constant } }: Argument, of: LabelOwner = 'unknown'): void {
    if (label !== undefined && constant === 'string') addLabel({ label: label.text, of, start: label.offsets[0]!, end: label.offsets.at(-1)! })
  }

  function readCapture({ value: { text: refId, constant } }: Argument): void {
    if (refId !== undefined && constant === 'string') addCapture({ refId: refId.text, start: refId.offsets[0]!, end: refId.offsets.at(-1)! })
  }

  function addCapture(capture: Span & { refId: string }): void {
    captures.push(capture)
    if (tests > 0) testedCaptures.add(capture.refId)
  }

  function addLabel(label: Omit<TemplateLabel, 'isTested'>): void {
    labels.push(label)
    if (tests > 0) tested.push(label)
  }

  function operand(one: Operand, dot: Value): Value {
    switch (one.kind) {
      case 'boolean':
        return { type: 'bool', constant: 'boolean' }
      case 'nil':
        return { type: 'nil', constant: 'nil' }
      case 'dot':
        return dot
      case 'number':
        return { type: one.type, constant: 'number' }
      case 'string':
        return { type: 'string', constant: 'string', text: { text: one.value, offsets: one.offsets, isFilledIn: false } }
      case 'function':
        return functionCall(one.name, one, [], dot, undefined)
      case 'variable': {
        const value = variables.findLast(({ name }) => name === one.name)?.value ?? unknown
        return fields(one.name === '$value' ? { ...value, fromValue: one } : value, one.fields)
      }
      case 'field':
        return fields(dot, one.fields)
      case 'chain':
        return fields(operand(one.of, dot), one.fields)
      case 'pipeline':
        return withoutConstant(pipeline(one, dot))
    }
  }

  function fields(of: Value, names: readonly Name[]): Value {
    return names.reduce(field, of)
  }

  function field(of: Value, { name, start, end }: Name): Value {
    const { type, owner = 'unknown' } = of
    const at = { start: start - 1, end }
    switch (type) {
      case 'data':
        if (Object.hasOwn(world.fields, name)) return name === 'Value' ? { ...world.fields[name]!, fromValue: at } : world.fields[name]!
        return fail(`can't evaluate field ${name}: an alert has ${fieldNames(world)}`, at)
      case 'captures':
        addCapture({ refId: name, start, end })
        return { type: 'capture' }
      case 'capture':
        if (name === 'Labels') return { type: 'labels', owner: 'unknown' }
        if (name === 'Value') return { type: 'float64' }
        return fail(`can't evaluate field ${name}: a result has .Labels and .Value`, at)
      case 'labels':
        addLabel({ label: name, of: owner, start, end })
        return { type: 'string' }
      case 'sample':
        if (name === 'Labels') return { type: 'labels', owner }
        if (name === 'Value') return { type: 'sample value' }
        return fail(`can't evaluate field ${name}: a sample of a query has .Labels and .Value`, at)
      case 'string':
      case 'evaluation':
      case 'float64':
      case 'int':
      case 'bool':
      case 'vector':
        return fail(`can't evaluate field ${name} in type ${goTypes[type]}`, at)
      default:
        return unknown
    }
  }

  function source({ start, end }: Span): string {
    return text.slice(start, end)
  }
}

function fieldNames({ fields }: TemplateWorld): string {
  const names = Object.keys(fields).map((name) => `.${name}`)
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

/** The text stays known: what `printf` and `query` take may come through a pipe. */
function withoutConstant(value: Value): Value {
  if (value.constant === undefined || value.constant === 'string') return value
  return { type: value.type }
}
