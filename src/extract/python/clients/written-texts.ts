import type { Context } from '../engine/engine.js'
import { touchDeclaring } from '../engine/touch.js'
import type { Expression } from '../syntax/ast.js'
import { digest } from '../values/digest.js'
import type { ModuleState, Value } from '../values/types.js'
import { optionsOf } from '../values/values.js'

/** Keeps the texts of a module that writes the exposition format itself; gives the value back. */
export function noteWritten(context: Context, expression: Expression, value: Value): Value {
  const { engine, scope } = context
  if (!scope.module.writesExposition || onlyRead(scope.module).has(expression)) return value
  for (const option of optionsOf(value)) {
    if (option.kind !== 'text') continue
    const key = digest(option)
    if (!engine.exposition.writtenTexts.has(key)) engine.exposition.writtenTexts.set(key, option)
    if (!option.parts.some((part) => part.includes('# TYPE ') || part.includes('# HELP '))) continue
    touchDeclaring(engine)
  }
  return value
}

const readers = new WeakMap<ModuleState, ReadonlySet<object>>()

/** Methods that look for a text or tell it to people, and write it nowhere that is scraped. */
const readingMethods = /^(count|find|index|rfind|rindex|startswith|endswith|split|rsplit|partition|rpartition|removeprefix|removesuffix|debug|info|warning|error|exception|critical)$/
/** What argparse and the frameworks of the command line print as help. */
const helpArguments = /^(help|epilog|description|usage|short_help)$/

/** The expressions in whose place a text is looked for or told, and never written: `'# TYPE x counter' in body`. */
function onlyRead(module: ModuleState): ReadonlySet<object> {
  const known = readers.get(module)
  if (known) return known
  const found = new Set<object>()
  const visit = (node: object, isRead: boolean): void => {
    if (isRead) found.add(node)
    const expression = node as Expression
    switch ('kind' in node ? expression.kind : undefined) {
      case 'binary': {
        const { op, left, right } = expression as Extract<Expression, { kind: 'binary' }>
        const isComparison = /^(in|not in|==|!=)$/.test(op)
        visit(left, isRead || isComparison)
        visit(right, isRead || isComparison)
        return
      }
      case 'call': {
        const { callee, args } = expression as Extract<Expression, { kind: 'call' }>
        const reads = callee.kind === 'attribute' && readingMethods.test(callee.name)
        visit(callee, isRead)
        for (const { name, value } of args) visit(value, reads || (name !== undefined && helpArguments.test(name)))
        return
      }
    }
    for (const child of Object.values(node)) if (typeof child === 'object' && child !== null) visit(child as object, isRead)
  }
  visit(module.body, false)
  readers.set(module, found)
  return found
}
