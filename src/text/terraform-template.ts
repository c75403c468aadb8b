import type { StructuredDocument } from './document.js'
import { sourceText, type SourceText } from './source.js'

/** https://developer.hashicorp.com/terraform/language/expressions/strings#directives; `%%{` is the text `%{`. */
const directive = /(?<!%)%\{~?\s*(?:if|else|endif|for|endfor)\b/

/** Whether a text is a template of Terraform's that only its directives (`%{ if … }`) give away; `${x}` is Grafana's too. */
export function hasTerraformDirectives(text: string): boolean {
  return text.includes('%{') && directive.test(text)
}

/** Whether a file is such a template by its name: `rules.yml.tftpl`. */
export function isTerraformFile(path: string): boolean {
  return /\.tftpl$/i.test(path)
}

/**
 * The documents that stand in a template for `templatefile`, with its conditions (`%{ if … }`) left out and all branches
 * there. What is filled in stays as it is written, in strings and in YAML. Each character keeps its place, and nothing is
 * written. `undefined` where more of it is not there yet: what is filled into JSON outside of strings, or repeated there, may
 * be anything.
 */
export function parseTerraformTemplate(
  source: SourceText, format: 'json' | 'yaml', parse: (source: SourceText) => readonly StructuredDocument[],
): StructuredDocument[] | undefined {
  const readable = format === 'json' ? readableJson(source.text) : readableYaml(source.text)
  if (readable === undefined) return undefined
  return parse({ ...sourceText(source.path, readable), positionAt: source.positionAt })
    .map((document) => ({ ...document, source, template: 'conditional', edit: () => undefined }))
}

/** Lines of directives alone are left out, as empty lines: spaces would be part of a block scalar. */
function readableYaml(text: string): string {
  return text.replace(/^[ \t]*(?:%\{~?[^}\n]*\}[ \t]*)+$/gm, (line) => '\n'.repeat(line.length))
}

function readableJson(text: string): string | undefined {
  const parts: string[] = []
  let isInString = false
  for (let at = 0; at < text.length;) {
    const end = endOfSequence(text, at)
    if (end !== undefined) {
      const stretch = text.slice(at, end)
      if (!isInString && !condition.test(stretch)) return undefined
      // A quote in a sequence does not end the string around it.
      parts.push(isInString ? stretch.replace(/["\\\r\t]/g, "'") : blank(stretch))
      at = end
      continue
    }
    const character = text[at]!
    // An escape, and what is written twice to be no sequence.
    const length = isInString && (character === '\\' || text.startsWith('$${', at) || text.startsWith('%%{', at)) ? 2 : 1
    if (character === '"') isInString = !isInString
    parts.push(text.slice(at, at + length))
    at += length
  }
  return parts.join('')
}

const condition = /^%\{~?\s*(?:if|else|endif)\b/

function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ')
}

/** Where a sequence ends that begins at an offset: behind its brace, which is none in a string or of an object in it. */
function endOfSequence(text: string, start: number): number | undefined {
  if (!text.startsWith('${', start) && !text.startsWith('%{', start)) return undefined
  let depth = 0
  for (let at = start + 1; at < text.length && at < start + longest; at++) {
    const character = text[at]
    if (character === '"') {
      at++
      while (at < text.length && text[at] !== '"' && text[at] !== '\n') at += text[at] === '\\' ? 2 : 1
    } else if (character === '{') depth++
    else if (character === '}' && --depth === 0) return at + 1
    else if (character === '\n') return undefined
  }
  return undefined
}

/** Nothing on one line is longer; what is never closed is not looked through again and again. */
const longest = 500
