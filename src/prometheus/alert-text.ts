/** A label of the alerting series that a text of an alert prints: UTF-16 offsets of its name, `end` exclusive. */
export interface LabelReference {
  readonly label: string
  readonly start: number
  readonly end: number
}

/**
 * The labels of the alerting series that the text of an alert prints: `{{ $labels.x }}`, and `{{ .Labels.x }}` where
 * nothing gives the dot another meaning. Left out are those that the text asks for first (`{{ if $labels.x }}`).
 */
export function labelReferences(text: string): LabelReference[] {
  const hasOtherDot = /\{\{-?\s*(?:range|with|define|template|block)\b/.test(text)
  const asked = new Set([...text.matchAll(/\{\{-?\s*(?:else\s+)?(?:if|with)\b([^}]*)\}\}/g)].flatMap(([, test = '']) => [...test.matchAll(reference)].map(([, label]) => label)))
  const found: LabelReference[] = []
  for (const action of text.matchAll(/\{\{(?:"(?:[^"\\]|\\.)*"|`[^`]*`|[^}"`]|\}(?!\}))*\}\}/g)) {
    for (const match of action[0].matchAll(reference)) {
      const [whole, label] = match
      if (label === undefined || asked.has(label) || (hasOtherDot && whole.startsWith('.'))) continue
      const start = action.index + match.index + whole.length - label.length
      found.push({ label, start, end: start + label.length })
    }
  }
  return found
}

/** A label by the name that a template gives to the series' labels. */
const reference = /(?:\$labels|(?<![\w$)])\.Labels)\.([a-zA-Z_]\w*)/g
