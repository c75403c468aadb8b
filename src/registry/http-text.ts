/** Bounds of one request. */
export interface RequestLimits {
  /** For the whole answer, in milliseconds. */
  readonly timeoutMs: number
  /** Of the answer's body, unpacked. */
  readonly maxBytes: number
}

export type HttpText =
  | { readonly ok: true; readonly status: number; readonly contentType: string; readonly text: string }
  | { readonly ok: false; readonly message: string }

/** Gets a text over HTTP, following redirects. Everything that can go wrong is told in a sentence; nothing is thrown. */
export async function httpText(url: string, accept: string, limits: RequestLimits): Promise<HttpText> {
  const target = requestTarget(url)
  if ('message' in target) return { ok: false, message: target.message }
  const headers: Record<string, string> = { accept, ...(target.authorization && { authorization: target.authorization }) }
  try {
    const response = await fetch(target.url, { headers, signal: AbortSignal.timeout(limits.timeoutMs) })
    const text = await limitedText(response, limits.maxBytes)
    if (text === undefined) {
      return { ok: false, message: `${target.shown} answered with more than ${limits.maxBytes} bytes` }
    }
    return { ok: true, status: response.status, contentType: response.headers.get('content-type') ?? '', text }
  } catch (error) {
    return { ok: false, message: `${target.shown} ${failureOf(error, limits)}` }
  }
}

interface RequestTarget {
  readonly url: string
  /** The address as it may be shown: without user and password. */
  readonly shown: string
  readonly authorization?: string
}

/** Checks an address; user and password in it become the header that `fetch` wants instead. */
export function requestTarget(text: string): RequestTarget | { readonly message: string } {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    const shown = url === undefined ? `"${text}"` : `a ${url.protocol} address`
    return { message: `${shown} is no address to read from; it has to begin with http:// or https://` }
  }
  const { username, password } = url
  url.username = ''
  url.password = ''
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return {
    url: url.href,
    shown: url.href,
    ...((username || password) && { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` }),
  }
}

/** The body as UTF-8; `undefined` as soon as it is longer than `maxBytes`. */
async function limitedText(response: Response, maxBytes: number): Promise<string | undefined> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength
    if (size > maxBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function failureOf(error: unknown, { timeoutMs }: RequestLimits): string {
  if (!(error instanceof Error)) throw error
  if (error.name === 'TimeoutError') return `did not answer within ${timeoutMs / 1000} s`
  // fetch says "fetch failed"; what failed is in the cause.
  const cause = error.cause as { code?: string; message?: string } | undefined
  switch (cause?.code) {
    case 'ECONNREFUSED':
      return 'cannot be reached: the connection was refused'
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'cannot be reached: the host name is not known'
    case 'ECONNRESET':
    case 'UND_ERR_SOCKET':
      return 'broke off its answer'
    default:
      return cause?.message === 'redirect count exceeded'
        ? 'redirects without end'
        : `cannot be read: ${cause?.message || error.message}`
  }
}
