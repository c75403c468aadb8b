import { writeRegistry } from '../registry/file.js'
import { registryFromExposition } from '../registry/from-exposition.js'
import { registryFromPrometheus } from '../registry/from-prometheus.js'
import { scrapeEndpoint } from '../registry/scrape.js'
import { sourceText, type SourceText } from '../text/source.js'
import { visibleJson } from '../text/visible.js'
import { complain, readInput } from './input.js'
import { emit } from './output.js'
import { exitCodes, type Terminal } from './terminal.js'

interface Output {
  readonly output?: string
}

interface Limits {
  /** Seconds. */
  readonly timeout: number
  readonly maxBytes: number
}

/** `registry import`: a saved metrics page as a registry. */
export async function importRegistry(file: string, { output }: Output, terminal: Terminal): Promise<number> {
  const source = await readInput(file, terminal)
  return source === undefined ? exitCodes.usage : writeExposed(source, output, terminal)
}

/** `registry scrape`: what an endpoint exposes right now as a registry. */
export async function scrapeRegistry(url: string, { output, timeout, maxBytes }: Output & Limits, terminal: Terminal): Promise<number> {
  const scrape = await scrapeEndpoint(url, { timeoutMs: timeout * 1000, maxBytes })
  if (!scrape.ok) {
    terminal.stderr.write(`ml-dash-lint: ${scrape.message}\n`)
    return exitCodes.usage
  }
  return writeExposed(sourceText(url, scrape.text), output, terminal)
}

/** `registry from-prometheus`: what a Prometheus server knows as a registry. */
export async function prometheusRegistry(
  url: string,
  { output, match, timeout, maxBytes }: Output & Limits & { readonly match?: string },
  terminal: Terminal,
): Promise<number> {
  const answer = await registryFromPrometheus(url, { timeoutMs: timeout * 1000, maxBytes, ...(match !== undefined && { match }) })
  if (!answer.ok) {
    terminal.stderr.write(`ml-dash-lint: ${answer.message}\n`)
    return exitCodes.usage
  }
  for (const warning of answer.warnings) terminal.stderr.write(`ml-dash-lint: ${warning}\n`)
  return (await emit(visibleJson(writeRegistry(answer.content)), output, terminal)) ?? exitCodes.clean
}

async function writeExposed(source: SourceText, output: string | undefined, terminal: Terminal): Promise<number> {
  const { content, problems } = registryFromExposition(source)
  complain(source, problems, terminal)
  if (problems.length > 0) return exitCodes.usage
  return (await emit(visibleJson(writeRegistry(content)), output, terminal)) ?? exitCodes.clean
}
