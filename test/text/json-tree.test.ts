import fc from 'fast-check'
import { getNodeValue, parseTree, type Node } from 'jsonc-parser'
import { describe, expect, test } from 'vitest'
import { jsonTree } from '../../src/text/json-tree.js'

/** What a tree tells, without the way up, which is checked on the way. */
function told(node: Node, parent?: Node): unknown {
  expect(node.parent).toBe(parent)
  const { type, offset, length, colonOffset } = node
  return { type, offset, length, value: node.value as unknown, colonOffset, children: node.children?.map((child) => told(child, node)) }
}

function expectSameTree(text: string): void {
  expect(told(jsonTree(text))).toEqual(told(parseTree(text)!))
}

describe('the tree of JSON', () => {
  test.each([
    '{}', '[]', '""', ' null ', '-1.5e+3', 'true', '[[],{}]', '{"a":1,"b":[1,2,{"c":"]}"}]}',
    String.raw`{"a\"}": "\\", "b": "\\\"", "": "\u0022"}`, '\t{\r\n "a" :\n1 , "a" : false }\n', '[ 1 ,2, "x" , null]',
  ])('of %j is that of jsonc-parser', expectSameTree)

  test('is that of jsonc-parser whatever the values and the space between', () => {
    fc.assert(fc.property(fc.json(), fc.constantFrom('', ' ', '\n  ', '\t'), (text, space) => {
      expectSameTree(JSON.stringify(JSON.parse(text), undefined, space))
    }))
  })

  test('has the values of its nodes', () => {
    const text = '{"panels": [{"id": 1, "title": "a"}]}'
    expect(getNodeValue(jsonTree(text))).toEqual(JSON.parse(text))
  })
})
