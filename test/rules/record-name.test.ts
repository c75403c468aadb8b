import { expect, test } from 'vitest'
import { lintLines } from './lint-files.js'

const rules = (...lines: string[]) => ({ 'rules.yml': ['groups:', '  - name: g', '    rules:', ...lines.map((line) => `      ${line}`), ''].join('\n') })


const group = rules('- { record: "job:up:sum", expr: sum(up) }', '- { record: "up:sum", expr: sum(up) }', '- { record: up_sum, expr: sum(up) }', '- { record: "a:b:c:d", expr: sum(up) }', '- { record: ":up:sum", expr: sum(up) }')

test('wants level, metric and operation', async () => {
  expect(await lintLines('record-name', group)).toEqual([
    'rules.yml:5:19 warning «"up:sum"» "up:sum" is not named level:metric:operation, such as "job:requests:rate5m"',
    'rules.yml:6:19 warning «up_sum» "up_sum" is not named level:metric:operation, such as "job:requests:rate5m"',
    'rules.yml:7:19 warning «"a:b:c:d"» "a:b:c:d" is not named level:metric:operation, such as "job:requests:rate5m"',
  ])
})

test('wants what the configuration asks for', async () => {
  expect(await lintLines('record-name', group, { options: { pattern: 'job:.+' } })).toEqual([
    'rules.yml:5:19 warning «"up:sum"» "up:sum" is not named as "job:.+" asks',
    'rules.yml:6:19 warning «up_sum» "up_sum" is not named as "job:.+" asks',
    'rules.yml:7:19 warning «"a:b:c:d"» "a:b:c:d" is not named as "job:.+" asks',
    'rules.yml:8:19 warning «":up:sum"» ":up:sum" is not named as "job:.+" asks',
  ])
})
