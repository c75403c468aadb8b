/** The packages of the client libraries. */
export const clientModules: readonly string[] = ['prometheus_client', 'aioprometheus', 'opentelemetry']

const ofClient = new RegExp(`^(${clientModules.join('|')})\\b`)

/** Whether a dotted name is that of a client library, or of something in one. */
export function isOfClient(name: string): boolean {
  return ofClient.test(name)
}
