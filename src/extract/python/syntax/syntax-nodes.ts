import type { SyntaxNode } from '@lezer/common'

/** The children of a node, comments aside. */
export function children(node: SyntaxNode): SyntaxNode[] {
  const all: SyntaxNode[] = []
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.name !== 'Comment') all.push(child)
  }
  return all
}

const punctuation = new Set(['(', ')', '[', ']', '{', '}', ',', ':', ';', '*', '**', '⚠', '.', '->'])

const keywords = new Set(['for', 'in', 'if', 'else', 'elif', 'while', 'with', 'as', 'async', 'assert', 'return', 'yield', 'from'])

/** Whether a node is part of an expression and not punctuation between such. */
export function isOperand(node: SyntaxNode): boolean {
  return !punctuation.has(node.name) && !keywords.has(node.name)
}

