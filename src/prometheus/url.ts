/**
 * Why an address is no URL that can be asked over HTTP; `undefined` where it is one. Go: net/url/url.go, Parse; and
 * what its HTTP client needs beyond that, a scheme and a host.
 */
export function goUrlProblem(url: string): string | undefined {
  if (url === '') return 'it is empty'
  if (/[\u0000-\u001f\u007f]/.test(url)) return 'it has a control character'
  const scheme = /^([a-zA-Z][a-zA-Z0-9+.-]*):\/\//.exec(url)?.[1]?.toLowerCase()
  if (scheme === undefined) return 'it begins with no "http://" or "https://"'
  if (scheme !== 'http' && scheme !== 'https') return `"${scheme}" is no scheme that it speaks`
  const [authority = ''] = url.slice(scheme.length + 3).split(/[/?#]/, 1)
  const host = authority.slice(authority.lastIndexOf('@') + 1)
  if (host === '' || host.startsWith(':')) return 'it names no host'
  if (/\s/.test(host)) return 'its host has a space'
  const port = host.startsWith('[') ? host.replace(/^\[[^\]]*\]/, '') : host.slice(host.indexOf(':') < 0 ? host.length : host.indexOf(':'))
  if (!/^(?::\d*)?$/.test(port)) return `"${port.replace(/^:/, '')}" is no port`
  const escape = /%(?![0-9a-fA-F]{2})/.exec(url.split(/[?#]/, 1)[0]!)
  return escape ? `"${url.slice(escape.index, escape.index + 3)}" is no escape` : undefined
}
