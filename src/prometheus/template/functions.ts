/** A type of a parameter, in Go's words. */
export type ParameterType = 'string' | 'vector' | 'sample' | 'number or text' | 'any'

/** A type of a result; `operand`: one of the arguments; `element`: what is in the first argument. */
export type ResultType = 'string' | 'vector' | 'sample' | 'float64' | 'int' | 'bool' | 'sample value' | 'arguments' | 'time' | 'operand' | 'element' | 'unknown'

export interface TemplateFunction {
  readonly parameters: readonly ParameterType[]
  /** The type of any number of further arguments. */
  readonly further?: ParameterType
  readonly result: ResultType
}

function taking(parameters: readonly ParameterType[], result: ResultType, further?: ParameterType): TemplateFunction {
  return { parameters, result, ...(further && { further }) }
}

const text = taking(['string'], 'string')
const humanize = taking(['number or text'], 'string')
const printing = taking([], 'string', 'any')

/**
 * The functions that the text of an alert can call: those of Prometheus 3 (Prometheus: template/template.go,
 * NewTemplateExpander) and those of Go (Go: text/template/funcs.go, builtins). `tmpl` is for consoles only.
 */
export const templateFunctions: ReadonlyMap<string, TemplateFunction> = new Map<string, TemplateFunction>([
  ['query', taking(['string'], 'vector')],
  ['first', taking(['vector'], 'sample')],
  ['label', taking(['string', 'sample'], 'string')],
  ['value', taking(['sample'], 'sample value')],
  ['strvalue', taking(['sample'], 'string')],
  ['sortByLabel', taking(['string', 'vector'], 'vector')],
  ['args', taking([], 'arguments', 'any')],
  ['reReplaceAll', taking(['string', 'string', 'string'], 'string')],
  ['match', taking(['string', 'string'], 'bool')],
  ['safeHtml', text],
  ['title', text],
  ['toUpper', text],
  ['toLower', text],
  ['graphLink', text],
  ['tableLink', text],
  ['stripPort', text],
  ['stripDomain', text],
  ['urlQueryEscape', text],
  ['parseDuration', taking(['string'], 'float64')],
  ['humanize', humanize],
  ['humanize1024', humanize],
  ['humanizeDuration', humanize],
  ['humanizePercentage', humanize],
  ['humanizeTimestamp', humanize],
  ['toTime', taking(['number or text'], 'time')],
  ['toDuration', taking(['number or text'], 'time')],
  ['now', taking([], 'float64')],
  ['pathPrefix', taking([], 'string')],
  ['externalURL', taking([], 'string')],

  ['and', taking(['any'], 'operand', 'any')],
  ['or', taking(['any'], 'operand', 'any')],
  ['not', taking(['any'], 'bool')],
  ['call', taking(['any'], 'unknown', 'any')],
  ['index', taking(['any'], 'element', 'any')],
  ['slice', taking(['any'], 'unknown', 'any')],
  ['len', taking(['any'], 'int')],
  ['html', printing],
  ['js', printing],
  ['urlquery', printing],
  ['print', printing],
  ['println', printing],
  ['printf', taking(['string'], 'string', 'any')],
  ['eq', taking(['any'], 'bool', 'any')],
  ['ne', taking(['any', 'any'], 'bool')],
  ['lt', taking(['any', 'any'], 'bool')],
  ['le', taking(['any', 'any'], 'bool')],
  ['gt', taking(['any', 'any'], 'bool')],
  ['ge', taking(['any', 'any'], 'bool')],
])
