import { expect, test } from 'vitest'
import { parseJson } from '../../src/text/json.js'
import { sourceText } from '../../src/text/source.js'
import { parseYaml } from '../../src/text/yaml.js'
import { hasTerraformDirectives, parseTerraformTemplate } from '../../src/text/terraform-template.js'

const read = (text: string) => parseTerraformTemplate(sourceText('a.json', text), 'json', (source) => [parseJson(source)])?.[0]
const readYaml = (text: string) => parseTerraformTemplate(sourceText('a.tftpl', text), 'yaml', parseYaml)!

test('conditions are left out, and stay in strings as they are written', () => {
  const text = '[ %{ if a != "}" ~}\n "b", %{ else }\n "c %{ if d == "e" }f%{ endif }", %{~ endif ~} "${g["h"]}", "$${i} %%{ if \\" ${" ]'
  const document = read(text)
  expect(document?.value).toEqual(['b', "c %{ if d == 'e' }f%{ endif }", "${g['h']}", '$${i} %%{ if " ${'])
  expect(document?.problems).toEqual([])
  const { start, end } = document!.spanInString([1], 18, 19)
  expect(text.slice(start - 1, end + 1)).toBe('}f%')
  expect(document?.edit({ kind: 'without', path: [0] })).toBeUndefined()
})

test('nothing is made of what is filled in outside of strings, or repeated', () => {
  expect(['[ ${a} ]', '[ %{ for a in b } "c" %{ endfor } ]'].map(read)).toEqual([undefined, undefined])
})

test('tells a template by its directives', () => {
  expect(['%{ if a }', '%{~ for a in b ~}', '%{endif}', '${a}', '%%{ if a }', '%{a}'].map(hasTerraformDirectives)).toEqual([true, true, true, false, false, false])
})

test.each(['${', '%{ if ', '"%{ "', '%{ if "'])('takes 50,000 unclosed %s in its stride', (unit) => {
  const begin = performance.now()
  read(`"%{ if a }" ${unit.repeat(50_000)}`)
  expect(performance.now() - begin).toBeLessThan(5000)
})

test('in YAML lines of directives alone are left out, and all else stays', () => {
  const text = 'a:\n%{ if b != "" ~}\n  - c ${d}\n  %{ endif }\n  - "%{ if e }f%{ endif }"\n  - |\n    g\n    %{~ for h in i ~}\n    j ${h}\n    %{~ endfor ~}\n'
  const [document] = readYaml(text)
  expect(document!.problems).toEqual([])
  expect(document!.value).toEqual({ a: ['c ${d}', '%{ if e }f%{ endif }', expect.stringMatching(/^g\n+ *j \$\{h\}\n/)] })
  const { start, end } = document!.spanOf(['a', 0])
  expect(text.slice(start, end)).toBe('c ${d}')
})

test.each(['%{ if ', '%{ if a }', ' '])('takes 50,000 of %s in YAML in its stride', (unit) => {
  const begin = performance.now()
  readYaml(`a: b\n${unit.repeat(50_000)}\n`)
  expect(performance.now() - begin).toBeLessThan(5000)
})
