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

/** The byte order marks by which YAML in UTF-16 is told, as Notepad and PowerShell write it; JSON is never in it for Grafana. */
function utf16Of(path: string, [first, second]: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (!/\.(?:ya?ml|rules)$/i.test(path)) return undefined
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined
}

/**
 * Reads a file as UTF-8 text, YAML also in UTF-16 (go-yaml: readerc.go, yaml_parser_determine_encoding). A file over `maxBytes`, one that cannot be opened, and one that is not UTF-8
 * come back with a problem at the place where it begins.
 */
export async function readTextFile(file: FoundFile, maxBytes: number): Promise<ReadFile> {
  try {
    if (file.size > maxBytes) return await readSample(file, maxBytes)
    const bytes = await readFile(file.absolute)
    try {
      return { source: sourceText(file.path, new TextDecoder(utf16Of(file.path, bytes) ?? 'utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)) }
    } catch {
      return invalidUtf8(file.path, bytes)
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    const reason = code === 'EACCES' || code === 'EPERM' ? 'permission denied' : (code ?? String(error))
    return { source: sourceText(file.path, ''), problem: { message: `cannot read this file: ${reason}`, span: { start: 0, end: 0 } } }
  }
}

async function readSample(file: FoundFile, maxBytes: number): Promise<ReadFile> {
  const handle = await open(file.absolute)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(sampleBytes), 0, sampleBytes, 0)
    const source = sourceText(file.path, new TextDecoder().decode(buffer.subarray(0, bytesRead)))
    const message = `this file is ${megabytes(file.size)} and was not read: the limit is ${megabytes(maxBytes)} ("maxFileSize" in the configuration)`
    return { source, problem: { message, span: { start: 0, end: 0 } } }
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
