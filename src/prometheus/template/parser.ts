import { quoteString, utf8Length } from '../../promql/go-text.js'
import type { Problem, Span } from '../../text/source.js'
import type { Branch, Call, Command, Name, Node, Operand, Pipeline, Template } from './ast.js'
import { numberConstant, stringConstant } from './constants.js'
import { tokensOf, type Token, type TokenKind } from './lexer.js'
import { prometheusWorld, type TemplateWorld } from './world.js'

/** Go allows 10,000 nested parentheses; more than this is no text that somebody wrote. */
const maxDepth = 500

const startsOperand: ReadonlySet<TokenKind> = new Set([
  'boolean', 'char constant', 'complex', '.', 'field', 'identifier', 'number', 'raw string', 'string', 'variable', '(',
])

/** What ended a list of nodes. */
type Ending = { readonly is: 'end' | 'else'; readonly token: Token }

export type ParsedTemplate = { readonly template: Template } | { readonly problem: Problem }

/**
 * Reads the text of an alert's label or annotation as Prometheus does, or says what is against it in Go's words
 * (Go: text/template/parse/parse.go). `world` tells which functions there are, and which variables are declared before.
 */
export function parseTemplate(text: string, world: TemplateWorld = prometheusWorld): ParsedTemplate {
  try {
    return { template: parse(text, world) }
  } catch (error) {
    if (error instanceof Refusal) return { problem: { message: error.message, span: error.span } }
    throw error
  }
}

/** Ends the reading: Go tells the first error only. */
class Refusal extends Error {
  constructor(message: string, readonly span: Span) {
    super(message)
  }
}

function parse(text: string, { functions, variables: declared }: TemplateWorld): Template {
  const tokens = tokensOf(text)
  const definitions = new Map<string, readonly Node[]>()
  let position = 0
  let variables = ['$', ...Object.keys(declared)]
  let loops = 0
  let depth = 0

  const peek = () => tokens[position]!
  const next = () => tokens[Math.min(position++, tokens.length - 1)]!
  function nextNonSpace(): Token {
    while (peek().kind === 'space') position++
    return next()
  }
  function peekNonSpace(): Token {
    while (peek().kind === 'space') position++
    return peek()
  }
  const isKeyword = ({ kind, value }: Token, name: string) => kind === 'keyword' && value === name

  const body: Node[] = []
  while (peek().kind !== 'end of text') {
    const before = position
    if (peek().kind === 'left delimiter') {
      next()
      if (isKeyword(nextNonSpace(), 'define')) {
        readDefinition()
        continue
      }
      position = before
    }
    const read = readNode()
    if (read !== undefined && 'is' in read) throw new Refusal(`unexpected {{${read.is}}}`, read.token)
    if (read !== undefined) body.push(read)
  }
  return { text, body, definitions }

  function refuse(token: Token, context: string): never {
    throw new Refusal(token.kind === 'error' ? token.value : `unexpected ${describe(token)} in ${context}`, token)
  }

  function expect(kind: TokenKind, context: string): Token {
    const token = nextNonSpace()
    return token.kind === kind ? token : refuse(token, context)
  }

  /** A node, the end of a list of nodes, or nothing for space. */
  function readNode(): Node | Ending | undefined {
    const token = nextNonSpace()
    if (token.kind === 'text') return token.value.trim() === '' ? undefined : { kind: 'text' }
    return token.kind === 'left delimiter' ? readAction(token) : refuse(token, 'input')
  }

  function readAction(delimiter: Token): Node | Ending {
    const token = nextNonSpace()
    if (token.kind === 'keyword') {
      switch (token.value) {
        case 'block':
          return readBlock(delimiter)
        case 'break':
        case 'continue': {
          const close = nextNonSpace()
          if (close.kind !== 'right delimiter') return refuse(close, `{{${token.value}}}`)
          if (loops === 0) throw new Refusal(`{{${token.value}}} outside {{range}}`, token)
          return { kind: token.value }
        }
        case 'else':
          if (!['if', 'with'].some((name) => isKeyword(peekNonSpace(), name))) expect('right delimiter', 'else')
          return { is: 'else', token }
        case 'end':
          expect('right delimiter', 'end')
          return { is: 'end', token }
        case 'if':
        case 'with':
        case 'range':
          return readBranch(token.value, delimiter)
        case 'template':
          return readCall(delimiter)
      }
    }
    position--
    return { kind: 'action', pipeline: readPipeline('command', 'right delimiter') }
  }

  function readBranch(kind: Branch['kind'], delimiter: Token): Branch {
    return nested(delimiter, () => {
      const scope = variables.length
      const pipeline = readPipeline(kind, 'right delimiter')
      if (kind === 'range') loops++
      const { nodes, ending } = readList()
      if (kind === 'range') loops--
      let otherwise: readonly Node[] = []
      if (ending.is === 'else') {
        // `{{ else if x }}` is `{{ else }}{{ if x }}` with one `{{ end }}` for both.
        if ((kind === 'if' || kind === 'with') && isKeyword(peek(), kind)) {
          next()
          otherwise = [readBranch(kind, delimiter)]
        } else {
          const rest = readList()
          if (rest.ending.is !== 'end') throw new Refusal(`expected end; found {{${rest.ending.is}}}`, rest.ending.token)
          otherwise = rest.nodes
        }
      }
      variables.length = scope
      return { kind, pipeline, body: nodes, otherwise }
    })
  }

  function readList(): { nodes: readonly Node[]; ending: Ending } {
    const nodes: Node[] = []
    while (peekNonSpace().kind !== 'end of text') {
      const read = readNode()
      if (read === undefined) continue
      if ('is' in read) return { nodes, ending: read }
      nodes.push(read)
    }
    throw new Refusal('unexpected EOF', peek())
  }

  function readDefinition(): void {
    const name = nextNonSpace()
    if (name.kind !== 'string' && name.kind !== 'raw string') return refuse(name, 'define clause')
    const value = textOf(name)
    expect('right delimiter', 'define clause')
    define(value, name, readOwnBody('define clause'))
  }

  function readBlock(delimiter: Token): Call {
    const token = nextNonSpace()
    const name = readTemplateName(token, 'block clause')
    const pipeline = readPipeline('block clause', 'right delimiter')
    define(name, token, readOwnBody('block clause'))
    return { kind: 'template', name, pipeline, start: delimiter.start, end: token.end }
  }

  /** The body of a template of its own: it sees none of the variables around it. */
  function readOwnBody(context: string): readonly Node[] {
    const around = { variables, loops }
    variables = ['$']
    loops = 0
    const { nodes, ending } = nested(peek(), readList)
    if (ending.is !== 'end') throw new Refusal(`unexpected {{${ending.is}}} in ${context}`, ending.token)
    ;({ variables, loops } = around)
    return nodes
  }

  function define(name: string, at: Token, nodes: readonly Node[]): void {
    if ((definitions.get(name)?.length ?? 0) > 0 && nodes.length > 0) {
      throw new Refusal(`template: multiple definition of template ${quoteString(name)}`, at)
    }
    if (nodes.length > 0 || !definitions.has(name)) definitions.set(name, nodes)
  }

  function readCall(delimiter: Token): Call {
    const token = nextNonSpace()
    const name = readTemplateName(token, 'template clause')
    const span = { start: delimiter.start, end: token.end }
    if (peekNonSpace().kind === 'right delimiter') {
      next()
      return { kind: 'template', name, ...span }
    }
    return { kind: 'template', name, pipeline: readPipeline('template clause', 'right delimiter'), ...span }
  }

  function readTemplateName(token: Token, context: string): string {
    return token.kind === 'string' || token.kind === 'raw string' ? textOf(token) : refuse(token, context)
  }

  function textOf(token: Token): string {
    const constant = stringConstant(token)
    if (constant === undefined) throw new Refusal('invalid syntax', token)
    return constant.value
  }

  function readPipeline(context: string, end: TokenKind): Pipeline {
    const { start } = peekNonSpace()
    const { names, assigns } = readDeclarations(context)
    const commands: Command[] = []
    for (;;) {
      const token = nextNonSpace()
      if (token.kind === end) {
        if (commands.length === 0) throw new Refusal(`missing value for ${context}`, token)
        const constant = commands.findIndex(({ operands: [{ kind }] }, i) => i > 0 && ['boolean', 'dot', 'nil', 'number', 'string'].includes(kind))
        if (constant > 0) throw new Refusal(`non executable command in pipeline stage ${constant + 1}`, commands[constant]!)
        return { kind: 'pipeline', variables: names, assigns, commands, start, end: commands.at(-1)!.end }
      }
      if (!startsOperand.has(token.kind) && !isKeyword(token, 'nil')) return refuse(token, context)
      position--
      commands.push(readCommand())
    }
  }

  /** `$x :=`, `$x =` and `$i, $x := ` of `range`; nothing is read where there are none. */
  function readDeclarations(context: string): { names: readonly Name[]; assigns: boolean } {
    const names: Name[] = []
    for (;;) {
      const before = position
      const token = peekNonSpace()
      if (token.kind !== 'variable') return { names, assigns: false }
      next()
      const after = peekNonSpace()
      const isList = after.kind === 'character' && after.value === ','
      if (!isList && after.kind !== '=' && after.kind !== ':=') {
        position = before
        return { names, assigns: false }
      }
      next()
      names.push({ name: token.value, start: token.start, end: token.end })
      variables.push(token.value)
      if (!isList) return { names, assigns: after.kind === '=' }
      if (context !== 'range' || names.length > 1) throw new Refusal(`too many declarations in ${context}`, after)
      const { kind } = peekNonSpace()
      if (kind !== 'variable' && kind !== 'right delimiter' && kind !== ')') throw new Refusal('range can only initialize variables', peek())
    }
  }

  function readCommand(): Command {
    const operands: Operand[] = []
    const { start } = peekNonSpace()
    for (;;) {
      const operand = readOperand()
      if (operand !== undefined) operands.push(operand)
      const token = next()
      if (token.kind === 'space') continue
      if (token.kind === 'right delimiter' || token.kind === ')') position--
      else if (token.kind !== '|') return refuse(token, 'operand')
      const [first, ...rest] = operands
      if (first === undefined) throw new Refusal('empty command', token)
      return { operands: [first, ...rest], start, end: operands.at(-1)!.end }
    }
  }

  function readOperand(): Operand | undefined {
    const term = readTerm()
    if (term === undefined || peek().kind !== 'field') return term
    const fields: Name[] = []
    while (peek().kind === 'field') fields.push(nameOf(next()))
    const { end } = fields.at(-1)!
    switch (term.kind) {
      case 'field':
      case 'variable':
        return { ...term, fields: [...term.fields, ...fields], end }
      case 'function':
      case 'pipeline':
      case 'chain':
        return { kind: 'chain', of: term, fields, start: term.start, end }
      default:
        throw new Refusal(`unexpected . after term ${quoteString(text.slice(term.start, term.end))}`, { start: term.start, end })
    }
  }

  function readTerm(): Operand | undefined {
    const token = nextNonSpace()
    const { start, end, value } = token
    switch (token.kind) {
      case 'identifier':
        if (!functions.has(value)) throw new Refusal(`function ${quoteString(value)} not defined`, token)
        return { kind: 'function', name: value, start, end }
      case '.':
        return { kind: 'dot', start, end }
      case 'boolean':
        return { kind: 'boolean', start, end }
      case 'variable':
        if (!variables.includes(value)) throw new Refusal(`undefined variable ${quoteString(value)}`, token)
        return { kind: 'variable', name: value, fields: [], start, end }
      case 'field':
        return { kind: 'field', fields: [nameOf(token)], start, end }
      case 'char constant':
      case 'complex':
      case 'number': {
        const constant = numberConstant(token)
        if ('problem' in constant) throw new Refusal(constant.problem, token)
        return constant
      }
      case '(':
        return nested(token, () => {
          const pipeline = readPipeline('parenthesized pipeline', ')')
          return { ...pipeline, start, end: tokens[position - 1]!.end }
        })
      case 'string':
      case 'raw string': {
        const constant = stringConstant(token)
        if (constant === undefined) throw new Refusal('invalid syntax', token)
        return constant
      }
    }
    if (isKeyword(token, 'nil')) return { kind: 'nil', start, end }
    position--
    return undefined
  }

  function nested<T>(at: Token, read: () => T): T {
    if (++depth > maxDepth) throw new Refusal('max expression depth exceeded', at)
    const result = read()
    depth--
    return result
  }
}

function nameOf({ value, start, end }: Token): Name {
  return { name: value.slice(1), start: start + 1, end }
}

/** A token in a message (Go: text/template/parse/lex.go, item.String). */
function describe({ kind, value }: Token): string {
  if (kind === 'end of text') return 'EOF'
  if (kind === 'keyword' || kind === '.') return `<${value}>`
  if (kind === 'right delimiter') return '"}}"'
  return utf8Length(value) > 10 ? `${quoteString(Array.from(value).slice(0, 10).join(''))}...` : quoteString(value)
}
