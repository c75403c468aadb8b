import { visible } from '../text/visible.js'

/**
 * A foreign text in the running text of GitHub's and GitLab's Markdown, also in a cell of a table: it reads as it is, and
 * is neither markup nor a link, a mention, a reference to an issue or a formula. What stands in double quotes is set as code.
 */
export function markdownText(text: string): string {
  return onOneLine(text).split(/("[^"]*")/).map((part, i) => (i % 2 === 0 || part === '""' ? inert(part) : markdownCode(part.slice(1, -1)))).join('')
}

/** A foreign text as code: `<code>`, for a pair of backquotes ends at the next one and, in a table, at a `|`. */
export function markdownCode(text: string): string {
  return text === '' ? '' : `<code>${inert(onOneLine(text), { inCode: true })}</code>`
}

/** Cut where it is longer than that many characters. */
export function cutText(text: string, most: number): string {
  const characters = Array.from(text)
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`
}

function onOneLine(text: string): string {
  return visible(text.replace(/\s*[\r\n]+\s*/g, ' ')).replace(/\p{Surrogate}/gu, '\ufffd')
}

/** What Markdown could take for markup; and what GitHub and GitLab make of signs, addresses and `:names:` in what comes out of it. */
const meaningful = /[&<>`*~[\]!\\|^@#$%]|(?<![A-Za-z\d])_|_(?![A-Za-z\d])|:(?=\/\/|[\w+-]+:)|\bwww(?=\.)|\bG[HL](?=-\d)/gi
const joining = /^(?:[@#%!~&^:]|www|G[HL])$/i
/** Addresses are looked for in code too, where it is written as HTML. */
const joiningInCode = /^(?:@|:|www)$/i

/**
 * Punctuation as character references, which CommonMark never takes for markup (https://spec.commonmark.org, "Entity and
 * numeric character references"). Mentions, references and addresses are looked for in the text that comes out of that: there
 * a zero-width space parts the sign from what it would join.
 */
function inert(text: string, { inCode = false } = {}): string {
  return text.replace(meaningful, (match, offset: number) => {
    // A formula begins at a dollar, unless that is an element of its own (GitHub Docs, "Writing mathematical expressions").
    if (match === '$') return inCode ? match : '<span>$</span>'
    const written = /^[:@#%]$|^\w\w+$/.test(match) ? match : `&#${match.charCodeAt(0)};`
    const parted = (inCode ? joiningInCode : joining).test(match) && /^\S/.test(text.slice(offset + match.length, offset + match.length + 2))
    return parted ? `${written}&#8203;` : written
  })
}
