import type { Coverage, UnverifiedName } from '../lint/coverage.js'
import { visible } from '../text/visible.js'
import { placeLabel } from './place-label.js'
import { counted } from './summary-line.js'

/** What could not be checked, for people: by dashboard and rule file, each name with the reason and its first place. */
export function coverageText({ selectors, labels, values, consumers }: Coverage): string {
  const blocks = consumers.filter(({ unverified }) => unverified.length > 0).map(({ file, title, selectors: own, unverified }) => [
    `${visible(file)}${title === undefined ? '' : `  ${visible(title)}`}`,
    `  ${own.total - own.unverified} of ${counted(own.total, 'selector')} checked`,
    ...unverified.map((name) => `  ${visible(`${subject(name)}${name.count === 1 ? '' : ` (${name.count} times)`}: ${name.reason}`)}  ${placeLabel(name.first())}`),
  ].join('\n'))
  const shares = [
    `${selectors.total - selectors.unverified} of ${counted(selectors.total, 'selector')}`,
    `${labels.total - labels.unverified} of ${counted(labels.total, 'use', 'uses')} of labels`,
    `${values.total - values.unverified} of ${counted(values.total, 'label value')}`,
  ]
  return [...blocks, `Checked: ${shares.join(', ')}`].join('\n\n') + '\n'
}

function subject({ metric, label, value }: UnverifiedName): string {
  if (metric === undefined) return 'a selector'
  if (label === undefined) return metric
  return value === undefined ? `label ${label} of ${metric}` : `${label}="${value}" of ${metric}`
}
