/** A provisioning file with one group and the given rules, each a block of YAML. */
export function alertFile(...rules: readonly string[]): string {
  return `apiVersion: 1\ngroups:\n  - name: jobs\n    folder: Jobs\n    interval: 1m\n    rules:\n${rules.map((rule) => `      - ${rule.trim().replaceAll('\n', '\n        ')}\n`).join('')}`
}

/** A query of Prometheus, in a rule's `data`. */
export function query(refId: string, expr: string, more = ''): string {
  return `  - { refId: ${refId}, datasourceUid: prometheus, model: { datasource: { type: prometheus }, expr: '${expr}'${more} } }`
}

export function expression(refId: string, model: string): string {
  return `  - { refId: ${refId}, datasourceUid: __expr__, model: { ${model} } }`
}
