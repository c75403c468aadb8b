import { defineRule } from '../src/lint/rule.js'

interface Options {
  /** Tags that every dashboard must have; empty: any tag will do. */
  readonly tags: readonly string[]
}

export default defineRule<'dashboard', Options>({
  name: 'required-tags',
  subject: 'dashboard',
  severity: 'warning',
  summary: 'Each dashboard has tags, and those that the team requires',
  options: {
    type: 'object',
    properties: {
      tags: { type: 'array', items: { type: 'string' }, description: 'Tags that every dashboard must have. Without it, any tag will do.' },
    },
    additionalProperties: false,
  },
  defaults: { tags: [] },
  check(dashboard, { options, report }) {
    // What a template fills in may be a tag.
    const { source, span } = dashboard.place('tags')
    if (dashboard.document.template && source.text.slice(span.start, span.end).includes('{{')) return
    const missing = options.tags.filter((tag) => !dashboard.tags.includes(tag))
    if (dashboard.tags.length === 0 && missing.length === 0) {
      report({ at: dashboard.place('tags'), message: 'This dashboard has no tags' })
    } else if (missing.length > 0) {
      const names = missing.map((tag) => `"${tag}"`).join(', ')
      report({ at: dashboard.place('tags'), message: `This dashboard lacks the ${missing.length === 1 ? 'tag' : 'tags'} ${names}` })
    }
  },
})
