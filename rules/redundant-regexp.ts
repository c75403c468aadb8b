import { literalOf } from '../src/contract/selector-match.js'
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
        report({ at, message: `"${pattern}" is one value and no pattern: write ${plain} instead of ${op}${inner === pattern ? '' : ', and leave out the anchors'}` })
      } else if (inner !== pattern && !inner.includes('|')) {
        report({ at, message: `Prometheus matches whole values: "^" at the beginning and "$" at the end of "${pattern}" change nothing` })
      }
    }
  },
})
