import { inspect } from 'node:util'
import { createContext, runInContext } from 'node:vm'

/**
 * Runs the blocks of JavaScript on a page, one after another, and returns the page with what each statement really gives in the comment lines
 * below it: what it prints, or else its value. `given` is what the page imports.
 */
export function playScripts(page: string, given: object): string {
  const printed: string[] = []
  const show = (value: unknown) => (typeof value === 'string' ? value : inspect(value, { depth: 8, breakLength: Infinity }))
  const context = createContext({ ...given, console: { log: (...values: unknown[]) => printed.push(values.map(show).join(' ')) } })
  return page.replace(/^```js\n([\s\S]*?)^```$/gm, (_, script: string) => {
    const statements = script.split(/(?<=^\/\/ .*\n)(?!\/\/ )/m)
    return `\`\`\`js\n${statements.map((statement) => played(statement)).join('')}\`\`\``
  })

  function played(statement: string): string {
    const code = statement.replace(/^\/\/ .*\n/gm, '')
    printed.length = 0
    const value: unknown = runInContext(code.replace(/^import .*$/gm, ''), context)
    const lines = printed.length > 0 ? printed : [show(value)]
    return `${code}${lines.map((line) => `// ${line}\n`).join('')}`
  }
}
