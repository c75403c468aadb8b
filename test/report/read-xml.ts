import { spawnSync } from 'node:child_process'

/** An element as Python's expat reads it, which stops at whatever is not well-formed. */
export interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly text: string
  readonly children: readonly Element[]
}

const python = process.env['ML_DASH_LINT_PYTHON'] ?? 'python3'

const program = `
import json, sys
import xml.etree.ElementTree as tree
def told(e): return {'name': e.tag, 'attributes': e.attrib, 'text': (e.text or '').strip(), 'children': [told(c) for c in e]}
json.dump(told(tree.fromstring(sys.stdin.buffer.read())), sys.stdout)
`

/** Why XML cannot be read here; `undefined` where it can. */
export const xmlReaderIsMissing = spawnSync(python, ['--version']).status === 0 ? undefined : `no ${python} (ML_DASH_LINT_PYTHON)`

/** Throws where the text is not well-formed. */
export function readXml(text: string): Element {
  const { status, stdout, stderr } = spawnSync(python, ['-c', program], { input: text, encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout) as Element
}
