import { expect, test } from 'vitest'
import { parseExposition } from '../../src/prometheus/exposition.js'
import { sourceText } from '../../src/text/source.js'

test('an empty name in quotes is no name of a metric', () => {
  const { families, problems } = parseExposition(sourceText('metrics.prom', '# TYPE "" gauge\n{"",job="a"} 1\nup 1\n'))
  expect(families.map(({ name }) => name)).toEqual(['up'])
  expect(problems.map(({ message }) => message)).toEqual([
    'Expected a metric name after "# TYPE"',
    'Expected the name of a metric',
  ])
})
