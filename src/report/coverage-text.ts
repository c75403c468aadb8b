import type { Coverage, UnverifiedName } from '../lint/coverage.js'
import { visible } from '../text/visible.js'
import { placeLabel } from './place-label.js'
import { counted } from './summary-line.js'

/** What could not be checked, for people: by dashboard, rule file and document, each name with the reason and its first place. */
export function coverageText({ selectors, labels, values, consumers, documents }: Coverage): string {
  const parts = [
    ...consumers.map(({ file, title, selectors: own, unverified }) => ({ file, title, own, what: 'selector', unverified })),
    ...documents.map(({ file, names, unverified }) => ({ file, title: undefined, own: names, what: 'listed metric', unverified })),
  ]
  const blocks = parts.filter(({ unverified }) => unverified.length > 0).map(({ file, title, own, what, unverified }) => [
    `${visible(file)}${title === undefined ? '' : `  ${visible(title)}`}`,
    `  ${own.total - own.unverified} of ${counted(own.total, what)} checked`,
    ...unverified.map((name) => `  ${visible(`${subject(name)}${name.count === 1 ? '' : ` (${name.count} times)`}: ${name.reason}`)}  ${placeLabel(name.first())}`),
  ].join('\n'))
  const listed = documents.reduce((sum, { names }) => sum + names.total, 0)
  const checked = documents.reduce((sum, { names }) => sum + names.total - names.unverified, 0)
  const shares = [
    `${selectors.total - selectors.unverified} of ${counted(selectors.total, 'selector')}`,
    `${labels.total - labels.unverified} of ${counted(labels.total, 'use', 'uses')} of labels`,
    `${values.total - values.unverified} of ${counted(values.total, 'label value')}`,
    ...(documents.length === 0 ? [] : [`${checked} of ${counted(listed, 'metric')} that documents list`]),
  ]
  return [...blocks, `Checked: ${shares.join(', ')}`].join('\n\n') + '\n'
}

function subject({ metric, label, value }: UnverifiedName): string {
  if (metric === undefined) return 'a selector'
  if (label === undefined) return metric
  return value === undefined ? `label ${label} of ${metric}` : `${label}="${value}" of ${metric}`
}
