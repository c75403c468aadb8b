import { readFileSync } from 'node:fs'
import { open, readFile } from 'node:fs/promises'
import { sourceText, type Problem, type SourceText } from '../text/source.js'
import type { FoundFile } from './discovery.js'

export interface ReadFile {
  readonly source: SourceText
  /** Set when the text could not be read, or not whole; `source` then holds what is enough to tell the kind of file. */
  readonly problem?: Problem
}

/** How much of a file that is too large is read, to tell what kind of file it is. */
const sampleBytes = 64 * 1024

/**
 * Reads a file as UTF-8 text. A file over `maxBytes`, one that cannot be opened, and one that is not UTF-8
 * come back with a problem at the place where it begins.
 */
export async function readTextFile(file: FoundFile, maxBytes: number): Promise<ReadFile> {
  if (file.text !== undefined && file.size <= maxBytes) return { source: sourceText(file.path, file.text) }
  try {
    if (file.size > maxBytes) return await readSample(file, maxBytes)
    const bytes = await readFile(file.absolute)
    const wide = wideEncodingOf(bytes)
    if (wide !== undefined) return readWide(file.path, bytes, wide)
    try {
      return { source: sourceText(file.path, new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)) }
    } catch {
      return invalidUtf8(file.path, bytes)
    }
  } catch (error) {
    return { source: sourceText(file.path, ''), problem: { message: `cannot read this file: ${reasonOf(error)}`, span: { start: 0, end: 0 } } }
  }
}

/** The text of a file; throws where it cannot be read. */
export function textOfFile({ text, absolute }: FoundFile): string {
  return text ?? readFileSync(absolute, 'utf8')
}

/** The same, empty where it cannot be read. */
export function textOrNothing(file: FoundFile): string {
  try {
    return textOfFile(file)
  } catch {
    return ''
  }
}

/** The encoding that a byte order mark of two bytes tells. */
function wideEncodingOf([first, second]: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined
}

/**
 * UTF-16, which PowerShell writes: Prometheus and Grafana take it in YAML, told by the byte order mark (go-yaml:
 * readerc.go, yaml_parser_determine_encoding), and nobody does in JSON.
 */
function readWide(path: string, bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): ReadFile {
  const source = sourceText(path, new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes))
  const problem = (message: string) => ({ source, problem: { message, span: { start: 0, end: 0 } } })
  if (/\.json$/i.test(path)) return problem('this file is in UTF-16: JSON has to be in UTF-8')
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes)
    return { source }
  } catch {
    return problem('invalid UTF-16: half a character stands alone')
  }
}

/** Why a file or folder that was found could not be read, in words. */
export function reasonOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied'
  return code === 'ENOENT' ? 'it is no longer there' : (code ?? String(error))
}

async function readSample(file: FoundFile, maxBytes: number): Promise<ReadFile> {
  const sampled = (text: string): ReadFile => {
    const message = `this file is ${megabytes(file.size)} and was not read: the limit is ${megabytes(maxBytes)} ("maxFileSize" in the configuration)`
    return { source: sourceText(file.path, text), problem: { message, span: { start: 0, end: 0 } } }
  }
  if (file.text !== undefined) return sampled(file.text.slice(0, sampleBytes))
  const handle = await open(file.absolute)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(sampleBytes), 0, sampleBytes, 0)
    return sampled(new TextDecoder().decode(buffer.subarray(0, bytesRead)))
  } finally {
    await handle.close()
  }
}

function megabytes(bytes: number): string {
  const value = bytes / 1_000_000
  return `${value >= 10 ? Math.round(value) : Math.round(value * 100) / 100} MB`
}

function invalidUtf8(path: string, bytes: Uint8Array): ReadFile {
  const end = validPrefix(bytes)
  const before = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, end))
  const byte = bytes[end] ?? 0
  const source = sourceText(path, new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes))
  const hex = byte.toString(16).toUpperCase().padStart(2, '0')
  return {
    source,
    problem: { message: `invalid UTF-8: byte 0x${hex} at offset ${end}`, span: { start: before.length, end: before.length + 1 } },
  }
}

/** The length in bytes of the longest prefix that is valid UTF-8 by itself. */
function validPrefix(bytes: Uint8Array): number {
  const isValid = (length: number, stream: boolean) => {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, length), { stream })
      return true
    } catch {
      return false
    }
  }
  let low = 0
  let high = bytes.length
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (isValid(middle, true)) low = middle
    else high = middle - 1
  }
  // As a stream, a sequence that is cut off is still valid: go back to its first byte.
  while (!isValid(low, false)) low--
  return low
}
