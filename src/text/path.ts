import { isAbsolute, relative, sep } from 'node:path'
import { escapeRegExp } from './wildcard.js'

/** The folder that a file lies in, with the slash at its end; the empty text for a file at the top. */
export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1)
}

/** The name of a file without its folder. */
export function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** Tells whether a path matches a glob as Prometheus reads them in `rule_files` and the like; one that is none matches nothing (Go: path/filepath, Match). */
export function globMatcher(glob: string): (path: string) => boolean {
  const source = glob.replace(/\[\^?[^\]]*\]|[*?]|\\?[\s\S]/g, (part) => {
    if (part === '*') return '[^/]*'
    if (part === '?') return '[^/]'
    return part.length > 2 && part.startsWith('[') ? part : escapeRegExp(part.at(-1)!)
  })
  try {
    const regex = new RegExp(`^${source}$`, 's')
    return (path) => regex.test(path)
  } catch {
    return () => false
  }
}

/** Whether a path is a folder or lies below it; both absolute, as the system writes them. */
export function isBelow(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}
