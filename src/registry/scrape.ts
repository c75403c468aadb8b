import { httpText, requestTarget } from './http-text.js'
import type { RequestLimits } from './http-text.js'

export type Scrape =
  | { readonly ok: true; readonly text: string; readonly contentType: string }
  | { readonly ok: false; readonly message: string }

/**
 * What a metrics endpoint exposes right now. Asks for the text format first: its `# TYPE` lines have the names that
 * Prometheus's series have.
 */
export async function scrapeEndpoint(url: string, limits: RequestLimits): Promise<Scrape> {
  const accept = 'text/plain;version=0.0.4,application/openmetrics-text;version=1.0.0;q=0.5,*/*;q=0.1'
  const answer = await httpText(url, accept, limits)
  if (!answer.ok) return answer
  const target = requestTarget(url)
  const shown = 'shown' in target ? target.shown : url
  if (answer.status !== 200) return { ok: false, message: `${shown} answered with HTTP status ${answer.status}` }
  const { text, contentType } = answer
  if (/\bhtml\b/i.test(contentType) || /^\s*<(?:!doctype|html|\?xml)/i.test(text)) {
    return { ok: false, message: `${shown} is a web page and not a metrics endpoint; most are at /metrics` }
  }
  if (/\bjson\b/i.test(contentType)) return { ok: false, message: `${shown} answered with JSON and not with metrics` }
  if (/protobuf/i.test(contentType)) return { ok: false, message: `${shown} answered with protobuf, which cannot be read` }
  return { ok: true, text, contentType }
}
