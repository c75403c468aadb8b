import { expect, test } from 'vitest'
import { pageInRepository, ruleDocs } from '../../src/api/rule-docs.js'
import { rules } from '../../rules/index.js'

const page = (repository?: string | { url?: string }) => pageInRepository('docs/rules/unknown-metric.md', { version: '1.2.3', ...(repository && { repository }) })

test.each([
  [{ url: 'git+https://github.com/acme/ml-dash-lint.git' }, 'https://github.com/acme/ml-dash-lint/blob/v1.2.3/docs/rules/unknown-metric.md'],
  ['https://github.com/acme/ml-dash-lint', 'https://github.com/acme/ml-dash-lint/blob/v1.2.3/docs/rules/unknown-metric.md'],
  ['github:acme/ml-dash-lint', 'https://github.com/acme/ml-dash-lint/blob/v1.2.3/docs/rules/unknown-metric.md'],
  ['acme/ml-dash-lint', 'https://github.com/acme/ml-dash-lint/blob/v1.2.3/docs/rules/unknown-metric.md'],
  [{ url: 'git+https://gitlab.com/acme/tools/ml-dash-lint.git' }, 'https://gitlab.com/acme/tools/ml-dash-lint/-/blob/v1.2.3/docs/rules/unknown-metric.md'],
  ['https://git.acme.example/ml-dash-lint.git', undefined],
  [{}, undefined],
  [undefined, undefined],
])('the page of a rule, where the repository is %j', (repository, url) => {
  expect(page(repository)).toBe(url)
})

test('a rule of a plugin has the page that it names', () => {
  const plugged = { ...rules[0]!, name: 'our/rule', summary: 'Ours', url: 'https://acme.example/our-rule' }
  const docs = ruleDocs([...rules, plugged], () => ({ version: '1.2.3', repository: 'acme/lint' }))
  expect(docs('our/rule')).toEqual({ summary: 'Ours', url: 'https://acme.example/our-rule' })
  expect(docs('unknown-metric')?.url).toBe('https://github.com/acme/lint/blob/v1.2.3/docs/rules/unknown-metric.md')
  expect(docs('configuration')).toBeUndefined()
})
