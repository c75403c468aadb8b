/** A fenced block of a page. */
export interface CodeBlock {
  /** `README.md:12`, of the line that opens it. */
  readonly place: string
  readonly language: string
  /** The file that it is, where its path stands alone in the paragraph before. */
  readonly file?: string
  readonly text: string
}

/** The fenced blocks of a page, from top to bottom. */
export function codeBlocks(path: string, page: string): CodeBlock[] {
  return [...page.matchAll(/(?:^`(?<file>[^`\n]+)`\n\n)?^```(?<language>\w*)\n(?<text>[\s\S]*?)^```$/gm)].map(({ index, groups }) => {
    const { file, language, text } = groups as { file?: string; language: string; text: string }
    const line = page.slice(0, index).split('\n').length + (file === undefined ? 0 : 2)
    return { place: `${path}:${line}`, language, text, ...(file !== undefined && { file }) }
  })
}

/** What stands in backticks in the sentences of a page. */
export function inlineCode(page: string): string[] {
  return [...page.replace(/^```[\s\S]*?^```$/gm, '').matchAll(/(?<!`)`([^`\n]+)`(?!`)/g)].map((match) => match[1]!)
}
