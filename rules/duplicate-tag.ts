import { replaceWith } from '../src/lint/replace.js'
import { defineRule } from '../src/lint/rule.js'
import { listOf } from '../src/text/value.js'
import { valueIn } from '../src/lint/value-in.js'

export default defineRule({
  name: 'duplicate-tag',
  subject: 'dashboard',
  severity: 'warning',
  summary: 'Each tag of a dashboard is listed once',
  check(dashboard, { report }) {
    const { document, path, source } = dashboard
    const tags = listOf(valueIn(dashboard, dashboard, 'tags'))
    // What a template fills in may be none, or another tag.
    const isFilledIn = (tag: unknown) => document.template !== undefined && typeof tag === 'string' && tag.includes('{{')
    for (const [index, tag] of tags.entries()) {
      if (typeof tag !== 'string' || isFilledIn(tag) || tags.indexOf(tag) === index) continue
      const item = [...path, 'tags', index]
      report({
        at: dashboard.place('tags', index),
        message: `The tag "${tag}" is already listed`,
        data: { value: tag },
        related: [{ place: dashboard.place('tags', tags.indexOf(tag)), message: 'first listed here' }],
        suggestions: replaceWith('', source, document.template ? undefined : document.edit({ kind: 'without', path: item }), { message: 'Leave it out', safety: 'sure' }),
      })
    }
  },
})
