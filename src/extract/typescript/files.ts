/** Packages that declare metrics, or install some known by catalog. */
export const CLIENT_PACKAGES = [
  'prom-client',
  '@willsoto/nestjs-prometheus',
  '@opentelemetry/api',
  '@opentelemetry/sdk-metrics',
  '@opentelemetry/exporter-prometheus',
  'express-prom-bundle',
] as const

const EXTENSIONS = /\.[mc]?[jt]sx?$/
const DECLARATIONS = /\.d\.[mc]?ts$/
const TEST_FOLDERS = /(^|\/)(__tests__|__mocks__|__fixtures__|tests?|e2e|cypress|node_modules)\//
const TEST_FILES = /[.-](test|spec|e2e-spec|e2e|test-d|stories|mock)\.[mc]?[jt]sx?$/

/** What a source is written in; JavaScript may always have JSX in it. */
export function languageOf(path: string): 'ts' | 'tsx' | 'jsx' {
  if (/\.tsx$/.test(path)) return 'tsx'
  return /\.[mc]?ts$/.test(path) ? 'ts' : 'jsx'
}

/** Whether a path is a TypeScript or JavaScript source. */
export function isSource(path: string): boolean {
  return EXTENSIONS.test(path) && !DECLARATIONS.test(path)
}

/** Whether a source may be part of what runs in production: tests and what serves them are not producers. */
export function isProducer(path: string): boolean {
  return isSource(path) && !TEST_FOLDERS.test(path) && !TEST_FILES.test(path)
}

const CLIENT_IMPORT = new RegExp(
  `['"\`](${CLIENT_PACKAGES.map((name) => name.replace(/[/.]/g, '\\$&')).join('|')})(/[^'"\`]*)?['"\`]`,
)

/** Whether a text names a metrics package as an import would. */
export function mentionsClient(text: string): boolean {
  return CLIENT_IMPORT.test(text)
}

const MADE_BY_SHAPE = /\bnew\s+(?:[\w$]+[?!]?\.)*(?:Counter|Gauge|Histogram|Summary)\s*(?:<[^()]*>)?\(\s*\{/

const MADE_BY_METHOD = /\.(?:counter|gauge|histogram|summary)\s*(?:<[^()]*>)?\(\s*\{[^{}]*\bhelp\s*[:,}]/

/** Whether a text makes metrics as prom-client does, whatever package its classes, or the objects that make them, come from. */
export function makesByShape(text: string): boolean {
  return MADE_BY_SHAPE.test(text) || makesByMethod(text)
}

/** Whether a text makes metrics by methods of something, as `telemetry.counter({ name, help })`. */
export function makesByMethod(text: string): boolean {
  return MADE_BY_METHOD.test(text)
}

/** Names by which metrics are made with what a client library offers. */
export const MAKING_NAMES: ReadonlySet<string> = new Set([
  'Counter', 'Gauge', 'Histogram', 'Summary', 'collectDefaultMetrics', 'getOrCreateMetric',
  'createCounter', 'createGauge', 'createHistogram', 'createUpDownCounter',
  'createObservableCounter', 'createObservableGauge', 'createObservableUpDownCounter',
])

/** The methods by which a service makes metrics for others. */
export const MAKING_METHODS = ['counter', 'gauge', 'histogram', 'summary'] as const

/** Whether a module specifier names a metrics package. */
export function isClientPackage(specifier: string): boolean {
  return mentionsClient(`'${specifier}'`)
}

const SPECIFIER = /\b(?:from|import|require)\s*\(?\s*(['"])([^'"\n]+)\1/g

/** The module specifiers in a text, found without parsing it: more than there are, never fewer of those written out. */
export function importedSpecifiers(text: string): string[] {
  return [...text.matchAll(SPECIFIER)].map((match) => match[2]!)
}
