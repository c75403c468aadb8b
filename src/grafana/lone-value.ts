import { recordOf, textOf } from '../text/value.js'

/**
 * Whether a panel that has one value to show leaves out what the series is called: gauges do (Grafana:
 * public/app/plugins/panel/bargauge/BarGaugePanel.tsx, `clearNameForSingleSeries`), and so do stats that have a title
 * and are not told otherwise (StatPanel.tsx, `getTextMode`). Where each row is a value of its own, there may be more.
 */
export function hidesLoneName(type: string, panel: unknown): boolean {
  const { options, fieldConfig, title, valueName } = recordOf(panel)
  const { reduceOptions, textMode = 'auto' } = recordOf(options)
  // A name that the panel gives may have the series' own in it.
  const named = textOf(recordOf(recordOf(fieldConfig)['defaults'])['displayName']) ?? ''
  if (recordOf(reduceOptions)['values'] === true || named.includes('$')) return false
  switch (type) {
    case 'gauge':
    case 'bargauge':
      return true
    case 'stat':
      return textMode === 'value' || textMode === 'none' || (textMode === 'auto' && (textOf(title) ?? '') !== '')
    case 'singlestat':
      return valueName !== 'name'
    default:
      return false
  }
}
