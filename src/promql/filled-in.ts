/** What fills in an expression before anything evaluates it. */
export type FilledInBy = 'go-template' | 'terraform'

/**
 * An expression in which the stretches that another tool fills in (`{{ .Values.x }}` of Helm and Ansible, `${…}` and
 * `%{ if … }` of Terraform's `templatefile`) are Grafana variables of the same length, which nothing defines: what is around them can
 * be parsed, and every character keeps its place. The text itself where there are none.
 */
export function withoutFilledIn(text: string, by: readonly FilledInBy[]): string {
  let result = text
  if (by.includes('go-template') && text.includes('{{')) {
    result = withoutBranches(result).replace(goTemplate, (stretch, inner: string) => (isLabelMatchers(inner) ? stretch : hole(stretch.length)))
  }
  if (by.includes('terraform') && /[$%]\{/.test(text)) {
    // `$${x}` is how Terraform writes `${x}`.
    result = result.replace(directive, (stretch) => hole(stretch.length)).replace(terraform, (stretch) => (stretch.startsWith('$$') ? `\${_${stretch.slice(3)}` : hole(stretch.length)))
  }
  return result
}

/** Prometheus fills in `{{ $labels.x }}` and `{{ $value }}` in annotations; in an expression they are a mistake. */
const goTemplate = /\{\{-?(?!\s*(?:\$(?:labels|value|externalLabels)|\.(?:Labels|Value|ExternalLabels))\b)([^{}]+)\}\}/g
/** `%{ if x }…%{ endif }`: what of it will stand there is not known. */
const directive = /(?<!%)%\{~?\s*(?:if|for)\b[^]*?%\{~?\s*end(?:if|for)\s*~?\}/g
const terraform = /\$?\$\{[^{}]+\}/g

/** From an `{{ if … }}` to its `{{ end }}` it is one stretch: which of the branches will stand there is not known. */
function withoutBranches(text: string): string {
  let result = ''
  let at = 0
  let depth = 0
  let start = 0
  for (const { 0: { length }, 1: keyword, index } of text.matchAll(branch)) {
    if (keyword === 'end') {
      if (depth > 0 && --depth === 0) {
        result += text.slice(at, start) + hole(index + length - start)
        at = index + length
      }
    } else if (depth++ === 0) start = index
  }
  return result + text.slice(at)
}

const branch = /\{\{-?\s*(if|range|with|end)\b[^{}]*\}\}/g

/** `{{job="a"}}` is PromQL with a brace too many. */
function isLabelMatchers(inner: string): boolean {
  return /^\s*[\w.:]+\s*(?:=~?|!=|!~)\s*["']/.test(inner)
}

function hole(length: number): string {
  return `\${${'_'.repeat(length - 3)}}`
}
