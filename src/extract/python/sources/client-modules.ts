/** The packages of the client libraries. */
export const clientModules: readonly string[] = ['prometheus_client', 'aioprometheus', 'opentelemetry']

const ofClient = new RegExp(`^(${clientModules.join('|')})\\b`)

/** Whether a dotted name is that of a client library, or of something in one. */
export function isOfClient(name: string): boolean {
  return ofClient.test(name)
}

/** Packages that record the requests of a web framework with prometheus_client. */
export const webModules: readonly string[] = ['prometheus_fastapi_instrumentator', 'prometheus_flask_exporter', 'starlette_exporter', 'starlette_prometheus']

const ofWebLibrary = new RegExp(`^(${webModules.join('|')})\\b`)

/** Whether a dotted name is that of such a package, or of something in one. */
export function isOfWebLibrary(name: string): boolean {
  return ofWebLibrary.test(name)
}
