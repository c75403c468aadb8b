import { rulePage } from '../api/rules.js'
import { wantsColor } from '../report/index.js'
import { renderMarkdown } from './render-markdown.js'
import { exitCodes, type Terminal } from './terminal.js'

const widest = 100

/** `explain RULE`: its page. */
export function explainRule(name: string, { color }: { readonly color?: boolean }, terminal: Terminal): number {
  const found = rulePage(name)
  if ('nearest' in found) {
    const hint = found.nearest.length === 0 ? '"ml-dash-lint rules" lists them' : `Did you mean ${found.nearest.map((one) => `"${one}"`).join(' or ')}?`
    terminal.stderr.write(`ml-dash-lint: there is no rule "${name}". ${hint}\n`)
    return exitCodes.usage
  }
  const columns = Math.min(terminal.stdout.columns ?? widest, widest)
  terminal.stdout.write(renderMarkdown(found.page, { columns, color: wantsColor(terminal.stdout, terminal.env, color) }))
  return exitCodes.clean
}
