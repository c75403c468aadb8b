import { literalOf } from '../src/contract/selector-match.js'
import { replaceWith } from '../src/lint/replace.js'
import { defineRule } from '../src/lint/rule.js'

export default defineRule({
  name: 'redundant-regexp',
  subject: 'selector',
  severity: 'off',
  summary: 'Each matcher with a regular expression needs one',
  check({ query, selector }, { report }) {
    for (const { op, name, value, start, end } of selector.matchers) {
      const pattern = literalOf(value)
      if ((op !== '=~' && op !== '!~') || pattern === undefined) continue
      const inner = pattern.replace(/^\^/, '').replace(/(?<!\\)\$$/, '')
      const plain = op === '=~' ? '=' : '!='
      const at = query.place(start, end)
      if (op === '=~' && inner === '.*') {
        report({ at, message: `${query.text.slice(start, end)} matches every series, with and without "${literalOf(name) ?? 'the label'}": leave it out` })
      } else if (op === '!~' && inner === '.+') {
        report({ at, message: `${query.text.slice(start, end)} matches the series without "${literalOf(name) ?? 'the label'}": write ="" for that` })
      } else if (!/[\\.+*?()|[\]{}^$]/.test(inner)) {
        // Written out, and without the operator that is to go within the name: a quoted name may hold anything.
        const from = query.text.indexOf(op, name.end)
        const written = query.text.slice(value.start, value.end)
        const instead = plain + query.text.slice(from + op.length, value.start) + written.replace(pattern, inner)
        const isWritten = from >= name.end && from < value.start && written.slice(1, -1) === pattern
        report({ at, message: `"${pattern}" is one value and no pattern: write ${plain} instead of ${op}${inner === pattern ? '' : ', and leave out the anchors'}`,
          suggestions: isWritten ? replaceWith(instead, query.source, query.edit(from, value.end, instead), { safety: 'sure' }) : [],
        })
      } else if (inner !== pattern && !inner.includes('|')) {
        report({ at, message: `Prometheus matches whole values: "^" at the beginning and "$" at the end of "${pattern}" change nothing` })
      }
    }
  },
})
