import type { DocumentPath } from '../text/document.js'
import { isRecord, recordOf } from '../text/value.js'
import type { ConfigProblem } from './config-problems.js'

type Model = Readonly<Record<string, unknown>>

/** The ways to say who asks; two of them cannot be one request's. */
const authentications = ['basic_auth', 'authorization', 'oauth2', 'bearer_token', 'bearer_token_file', 'sigv4', 'azuread', 'google_iam']

/** Keys of which one at most may stand in a section (prometheus/common: config/http_config.go, HTTPClientConfig.Validate). */
const alternatives: Readonly<Record<string, readonly (readonly string[])[]>> = {
  basic_auth: [['username', 'username_file', 'username_ref'], ['password', 'password_file', 'password_ref']],
  authorization: [['credentials', 'credentials_file', 'credentials_ref']],
  oauth2: [['client_secret', 'client_secret_file', 'client_secret_ref']],
}

/** What Prometheus refuses in how it is to ask somebody: two ways of authentication, a proxy that cannot be. */
export function httpClientProblems(section: Model, path: DocumentPath): ConfigProblem[] {
  const [, second] = present(section, authentications)
  const type = recordOf(section['authorization'])['type']
  return [
    ...(second === undefined ? [] : [excess(section, authentications, path, 'ways to authenticate')]),
    ...Object.entries(alternatives).flatMap(([key, lists]) => lists.flatMap((keys) => {
      const inner = recordOf(section[key])
      return present(inner, keys).length > 1 ? [excess(inner, keys, [...path, key], 'sources of one secret')] : []
    })),
    ...(typeof type === 'string' && type.trim().toLowerCase() === 'basic'
      ? [{ message: '"authorization" cannot be of type "Basic": that is "basic_auth"', path: [...path, 'authorization', 'type'] }] : []),
    ...proxyProblems(section, path),
  ]
}

/** prometheus/common: config/http_config.go, TLSConfig.Validate */
export function tlsProblems(tls: Model, path: DocumentPath): ConfigProblem[] {
  const certificate = present(tls, ['cert', 'cert_file', 'cert_ref'])
  const key = present(tls, ['key', 'key_file', 'key_ref'])
  const half = certificate.length > 0 && key.length === 0 ? certificate[0]! : key.length > 0 && certificate.length === 0 ? key[0]! : undefined
  return [
    ...(half === undefined ? [] : [{
      message: certificate.length > 0 ? `"${half}" is half of a pair: the key of this certificate, "key_file", is not given` : `"${half}" is half of a pair: the certificate of this key, "cert_file", is not given`,
      path: [...path, half], onKey: true,
    }]),
    ...[['ca', 'ca_file', 'ca_ref'], ['cert', 'cert_file', 'cert_ref'], ['key', 'key_file', 'key_ref']].flatMap((keys) => (
      present(tls, keys).length > 1 ? [excess(tls, keys, path, 'sources of one thing')] : []
    )),
  ]
}

/** prometheus/common: config/http_config.go, ProxyConfig.Validate */
function proxyProblems(section: Model, path: DocumentPath): ConfigProblem[] {
  const fromEnvironment = section['proxy_from_environment'] === true
  const [clash] = fromEnvironment ? present(section, ['proxy_url', 'no_proxy']) : []
  if (clash !== undefined) return [{ message: `"${clash}" and "proxy_from_environment" exclude each other`, path: [...path, clash], onKey: true }]
  if (fromEnvironment || present(section, ['proxy_url']).length > 0) return []
  const [idle] = present(section, ['no_proxy', 'proxy_connect_header'])
  return idle === undefined ? [] : [{ message: `"${idle}" is nothing without a "proxy_url"`, path: [...path, idle], onKey: true }]
}

function excess(section: Model, keys: readonly string[], path: DocumentPath, what: string): ConfigProblem {
  const [first = '', second = ''] = present(section, keys)
  return { message: `"${first}" and "${second}" are two ${what}: Prometheus takes one`, path: [...path, second], onKey: true }
}

/** Those of some keys that have something, in the order of the section. */
function present(section: Model, keys: readonly string[]): string[] {
  return Object.entries(section).filter(([key, value]) => keys.includes(key) && (isRecord(value) || (value !== null && value !== ''))).map(([key]) => key)
}
