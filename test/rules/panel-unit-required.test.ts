import { expect, test } from 'vitest'
import { lintLines } from './lint-files.js'

const dashboard = (...panels: object[]) => ({ uid: 'a', title: 'A', panels: panels.map((panel, i) => ({ id: i + 1, targets: [{ refId: 'A', expr: 'up' }], ...panel })) })


const unit = (defaults: object, overrides: object[] = []) => ({ fieldConfig: { defaults, overrides } })

test('wants a unit of panels that show values', async () => {
  expect(await lintLines('panel-unit-required', {
    'a.json': dashboard(
      { type: 'timeseries', title: 'Has one', ...unit({ unit: 's' }) },
      { type: 'table', title: 'Has one by override', ...unit({}, [{ matcher: { id: 'byName', options: 'Value' }, properties: [{ id: 'unit', value: 'bytes' }] }]) },
      { type: 'timeseries', title: 'Has none', ...unit({}) },
      { type: 'stat', title: 'Empty', ...unit({ unit: '' }) },
      { type: 'stat', title: 'Words', ...unit({ mappings: [{ type: 'value', options: { 1: { text: 'up' } } }] }) },
      { type: 'stat', title: 'A label', ...unit({}), options: { reduceOptions: { fields: '/^version$/' } } },
      { type: 'graph', title: 'Old', yaxes: [{ format: 'short' }, { format: 'short' }] },
      { type: 'graph', title: 'Old without' },
      { type: 'singlestat', title: 'Older', format: 'percent' },
      { type: 'logs', title: 'No values' },
    ),
  })).toEqual([
    'a.json:59:16 warning «"Has none"» This panel shows its values without a unit: "none" and "short" are units too',
    'a.json:74:16 warning «"Empty"» This panel shows its values without a unit: "none" and "short" are units too',
    'a.json:156:16 warning «"Old without"» This panel shows its values without a unit: "none" and "short" are units too',
  ])
})
