import { expect, test } from 'vitest'
import { isHelmTemplate, parseHelmTemplate } from '../../src/text/helm-template.js'
import { parseJson } from '../../src/text/json.js'
import { sourceText } from '../../src/text/source.js'
import { parseYaml } from '../../src/text/yaml.js'

const yaml = (text: string) => parseHelmTemplate(sourceText('a.yaml', text), 'yaml', (source) => parseYaml(source)).map(({ value }) => value)
const json = (text: string) => parseHelmTemplate(sourceText('a.json', text), 'json', (source) => [parseJson(source)]).map(({ value }) => value)

test('an action ends where Go ends it, whatever stands in its texts and comments', () => {
  expect(yaml([
    'a: {{ "}}" | quote }} b', 'c: {{ `}}`}}', '{{- /* }} */ -}}', 'd: {{/* */ x */}}1', 'e: {{ "\\"}}" }}', 'f: {{ { } }}', "g: x {{ it's }} y", 'h: {{ "open }} z', '',
  ].join('\n'))).toEqual([{ a: '{{ "}}" | quote }} b', c: '{{ `}}`}}', d: '{{/* */ x */}}1', e: '{{ "\\"}}" }}', f: '{{ { } }}', g: "x {{ it's }} y", h: '{{ "open }} z' }])
  expect(json('{ "a": {{ toJson "}}" }}, "b": "{{ .Values.b }}", {{ if .Values.c }}"c": [ {{ .Values.c }} ]{{ end }} }')).toEqual([{ a: '{{ toJson "}}" }}', b: '{{ .Values.b }}', c: ['{{ .Values.c }}'] }])
})

test.each([
  ['braces', '{{'], ['actions', '{{ .Values.x '], ['comments', '{{/* '], ['trimmed comments', '{{- /* x\n'], ['texts', '{{ "'], ['raw texts', '{{ `\n'], ['two kinds of texts', '"{{`"`{{`"'], ['escapes', '{{ "\\"'], ['conditions', '{{ if '],
])('takes 100,000 unclosed %s in its stride', (_, unit) => {
  const text = `a: {{ .Values.x }}\n${unit.repeat(100_000)}`
  const begin = performance.now()
  expect(isHelmTemplate(text)).toBe(true)
  expect(isHelmTemplate(unit.replace('.Values', '').repeat(100_000))).toBe(false)
  const lengths = (['yaml', 'json'] as const).map((format) => {
    let length = 0
    parseHelmTemplate(sourceText('a', text), format, (source) => {
      length = source.text.length
      return []
    })
    return length
  })
  expect(lengths).toEqual([text.length, text.length])
  // A scan from each of them to the end takes minutes.
  expect(performance.now() - begin).toBeLessThan(5000)
})

test('takes long actions before text in its stride', () => {
  const long = `{{ ${'x '.repeat(100_000)}}}`
  const begin = performance.now()
  expect(yaml(`a: ${long} b\nc: ${long}\nd: {{ .Values.x | nindent 2 }}\n`)).toEqual([{ a: `${long} b`, c: long, d: null }])
  expect(performance.now() - begin).toBeLessThan(5000)
})
