/** Whether a text of a template has something that a tool fills in: `{{ … }}` of Helm, `${…}` and `%{ … }` of Terraform. */
export function hasFilledIn(text: string): boolean {
  return /\{\{|[$%]\{/.test(text)
}
