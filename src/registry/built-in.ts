import type { Family, Label, MetricType } from './types.js'

/**
 * The series that Prometheus itself writes: those of every scrape (Prometheus: scrape/scrape.go, reportSample names)
 * and those of alerting rules (Prometheus: rules/alerting.go). Labels that come from targets are not among the
 * labels of the scrape's series; `ALERTS` also carries every label of its alert.
 */
export function builtInFamilies(): readonly Family[] {
  return [
    family('ALERTS', 'gauge', [
      { name: 'alertname', values: [], open: true },
      { name: 'alertstate', values: ['firing', 'pending'], open: false },
    ]),
    family('ALERTS_FOR_STATE', 'gauge', [{ name: 'alertname', values: [], open: true }]),
    family('scrape_body_size_bytes', 'gauge'),
    family('scrape_duration_seconds', 'gauge'),
    family('scrape_sample_limit', 'gauge'),
    family('scrape_samples_post_metric_relabeling', 'gauge'),
    family('scrape_samples_scraped', 'gauge'),
    family('scrape_series_added', 'gauge'),
    family('scrape_timeout_seconds', 'gauge'),
    family('up', 'gauge'),
  ]
}

function family(name: string, type: MetricType, labels: readonly Label[] = []): Family {
  return {
    name,
    type,
    labels,
    labelsOpen: labels.length > 0,
    series: [name],
    recorded: 'yes',
    origin: { kind: 'built-in' },
    declarations: [],
  }
}
