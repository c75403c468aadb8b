import { defineRule } from '../src/lint/rule.js'

interface Options {
  readonly require?: readonly ('reason' | 'until')[]
}

export default defineRule<'suppression', Options>({
  name: 'suppression',
  subject: 'suppression',
  severity: 'warning',
  summary: 'Each suppression is in order, still holds, and suppresses something',
  options: {
    type: 'object',
    properties: {
      require: { type: 'array', items: { enum: ['reason', 'until'] }, minItems: 1, uniqueItems: true, description: 'What each suppression has to tell: why, and until when' },
    },
    additionalProperties: false,
  },
  check(suppression, { options: { require = [] }, report }) {
    const { place } = suppression
    if (suppression.state === 'wrong') {
      const { message, suggestion } = suppression
      report({
        at: place,
        message,
        ...(suggestion !== undefined && {
          data: { suggestion },
          suggestions: [{ message: `Replace with "${suggestion}"`, replacement: { place, text: suggestion } }],
        }),
      })
      return
    }
    const { rule, until, reason, about, metrics, labels } = suppression
    const scope = [...(metrics ?? []).map((name) => `metric ${name}`), ...(labels ?? []).map((name) => `label ${name}`)].join(', ')
    const what = `"${rule}"${scope === '' ? '' : ` (${scope})`}`
    if (suppression.state === 'expired') {
      const rest = suppression.isNeeded ? 'what it suppressed is reported again' : 'there is nothing left for it to suppress'
      report({ at: place, message: `This suppression of ${what} held until ${until!}: ${rest}` })
      return
    }
    if (suppression.state === 'unused') {
      const { next } = suppression
      const hint = next === undefined ? '' : `. The next one is on line ${next.source.positionAt(next.span.start).line}`
      report({
        at: place,
        message: `There is no finding of ${what} ${about}: this suppresses nothing${hint}`,
        ...(next && { related: [{ place: next, message: `"${rule}" reports this` }] }),
      })
      return
    }
    if (require.includes('reason') && reason === undefined) report({ at: place, message: `This suppression of ${what} tells no reason` })
    if (require.includes('until') && until === undefined) report({ at: place, message: `This suppression of ${what} tells no day until which it holds` })
  },
})
