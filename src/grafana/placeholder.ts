/**
 * Whether a uid or a title holds a placeholder. Grafana fills in none there, so another tool does (`${x}` of Terraform
 * and `envsubst`, `{{ .Values.x }}` of Helm, `[[x]]`), and what will stand there is not known.
 */
export function hasPlaceholder(text: string): boolean {
  return /\$\{\w|\{\{|\[\[/.test(text)
}
