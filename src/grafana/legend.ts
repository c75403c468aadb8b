/** A label in a legend: UTF-16 offsets of its name, `end` exclusive. */
export interface LegendLabel {
  readonly label: string
  readonly start: number
  readonly end: number
}

/** The labels that a legend prints (Grafana: packages/grafana-prometheus/src/legend.ts, renderLegendFormat). */
export function legendLabels(legend: string): LegendLabel[] {
  return [...legend.matchAll(/\{\{\s*(.+?)\s*\}\}/g)].flatMap((match) => {
    const label = match[1]!
    const start = match.index + match[0].indexOf(label)
    return /^[a-zA-Z_]\w*$/.test(label) ? [{ label, start, end: start + label.length }] : []
  })
}
