import { expect, test } from 'vitest'
import { templateLabels } from '../../../src/prometheus/template/expansion.js'
import { parseTemplate } from '../../../src/prometheus/template/parser.js'

/** Each label that a text reads: whose it is, its name as it stands at its place, and whether the text asks for it first. */
function labelsIn(text: string): string[] {
  const parsed = parseTemplate(text)
  if ('problem' in parsed) throw new Error(parsed.problem.message)
  return templateLabels(parsed.template).map(({ label, of, start, end, isTested }) => {
    expect(text.slice(start, end)).toBe(label)
    return `${typeof of === 'string' ? of : of.text} ${label}${isTested ? '?' : ''}`
  })
}

test.each([
  ['{{ $labels.job }} {{ .Labels.instance }} {{ $.Labels.pod }}', ['alert job', 'alert instance', 'alert pod']],
  ['{{ with $labels }}{{ .job }}{{ end }}', ['alert job']],
  ['{{ index $labels "job" }} {{ $labels.job | toUpper }}', ['alert job', 'alert job']],
  ['{{ $all := .Labels }}{{ range query "up" }}{{ .Labels.pod }} {{ $all.job }} {{ $.Labels.env }}{{ end }}', ['up pod', 'alert job', 'alert env']],
  ['{{ query "sum by (a) (up)" | sortByLabel "a" | first | label "b" }}', ['sum by (a) (up) a', 'sum by (a) (up) b']],
  ['{{ (query "up" | first).Labels.job }}', ['up job']],
  ['{{ with printf "up{job=%q}" $labels.job | query }}{{ . | first | label "x" }}{{ end }}', ['alert job?', 'up{job=$a} x']],
  ['{{ if $labels.team }}{{ $labels.team }} {{ $labels.job }}{{ end }}', ['alert team?', 'alert team?', 'alert job']],
  ['{{ or $labels.team "nobody" }}', ['alert team?']],
  ['{{ define "x" }}{{ .job }}{{ end }}{{ template "x" .Labels }}{{ template "x" .ExternalLabels }}', ['alert job', 'external job']],
  ['{{ $externalLabels.cluster }}', ['external cluster']],
  ['{{ range $name, $text := $labels }}{{ $name }}{{ end }}', []],
  ['{{ define "unused" }}{{ .Labels.x }}{{ end }}{{/* $labels.y */}}"$labels.z"', []],
])('lists what %s reads', (text, labels) => {
  expect(labelsIn(text)).toEqual(labels)
})
