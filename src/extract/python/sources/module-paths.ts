import { isOfClient } from './client-modules.js'

/** A module or package of the workspace: its file, its directory, or both. */
export interface ModuleFiles {
  readonly kind: 'module'
  readonly path: string | undefined
  readonly directory: string | undefined
}

/** Finds the files that import statements mean. */
export interface ModulePaths {
  /** `undefined`: the module is not in the workspace. */
  resolve(from: string, level: number, dotted: string): ModuleFiles | undefined
  /** A module or package directly inside a package's directory. */
  submodule(directory: string, name: string): ModuleFiles | undefined
}

const standardLibrary = new Set((
  'abc argparse array ast asyncio atexit base64 bisect calendar code codecs collections concurrent configparser ' +
  'contextlib contextvars copy csv ctypes dataclasses datetime decimal difflib dis email enum errno faulthandler ' +
  'fnmatch fractions functools gc getpass glob grp gzip hashlib heapq hmac html http importlib inspect io ipaddress ' +
  'itertools json keyword linecache locale logging lzma math mimetypes mmap multiprocessing numbers operator os ' +
  'pathlib pickle pkgutil platform pprint profile pwd queue random re resource sched secrets select selectors shelve ' +
  'shlex shutil signal site smtplib socket socketserver sqlite3 ssl stat statistics string struct subprocess symtable ' +
  'sys sysconfig syslog tarfile tempfile textwrap threading time timeit token tokenize tomllib trace traceback types ' +
  'typing unicodedata unittest urllib uuid venv warnings wave weakref xml zipfile zlib zoneinfo'
).split(' '))

/** How the files of a workspace import. */
export interface ImportsOfFiles {
  /** Whether a file imports a top-level module of this name. */
  names(path: string, module: string): boolean
  /** The most dots that a relative import in a file begins with. */
  dots(path: string): number
}

/** @param paths every Python file of the workspace */
export function modulePaths(paths: readonly string[], imports: ImportsOfFiles): ModulePaths {
  const files = new Set(paths)
  const directories = new Set<string>()
  for (const path of paths) {
    for (let directory = parentOf(path); directory !== '' && !directories.has(directory); directory = parentOf(directory)) directories.add(directory)
  }
  let byTail: ReadonlyMap<string, readonly string[]> | undefined

  function at(base: string): ModuleFiles | undefined {
    const directory = directories.has(base) ? base : undefined
    const path = [`${base}/__init__.py`, `${base}.py`].find((candidate) => files.has(candidate))
    return path !== undefined || directory !== undefined ? { kind: 'module', path, directory } : undefined
  }

  const isPackage = (directory: string) => files.has(join(directory, '__init__.py'))

  function resolveAbsolute(from: string, dotted: string): ModuleFiles | undefined {
    const relative = dotted.replaceAll('.', '/')
    const head = dotted.split('.')[0]!
    if (standardLibrary.has(head)) return undefined
    const packages: string[] = []
    for (let directory = parentOf(from); ; directory = parentOf(directory)) {
      if (isPackage(directory)) packages.unshift(directory)
      else {
        const found = at(join(directory, relative)) ??
          ['src', 'python', 'lib'].map((root) => at(join(directory, `${root}/${relative}`))).find(Boolean)
        if (found) return found
      }
      if (directory === '') break
    }
    return inPackage(packages, relative, head) ?? nearestRoot(from, relative, head)
  }

  /** The folder of the script that is run is an entry of `sys.path`, also where a stray `__init__.py` makes it a package. */
  function inPackage(packages: readonly string[], relative: string, head: string): ModuleFiles | undefined {
    if (isOfClient(head)) return undefined
    const directory = packages.find((each) => at(join(each, relative)))
    if (directory === undefined || isImported(packages[0]!)) return undefined
    // A module that imports its own name wraps a library: `from celery import Celery` in `celery.py`.
    const own = `${join(directory, head)}.py`
    return files.has(own) && imports.names(own, head) ? undefined : at(join(directory, relative))
  }

  const imported = new Map<string, boolean>()

  /** Whether its own files import a package, by its name or by relative imports: nothing in it is run as a script then. */
  function isImported(directory: string): boolean {
    let answer = imported.get(directory)
    if (answer === undefined) {
      const name = directory.slice(directory.lastIndexOf('/') + 1)
      const depth = directory === '' ? 0 : directory.split('/').length
      const own = paths.filter((path) => directory === '' || path.startsWith(`${directory}/`))
      answer = own.some((path) => imports.dots(path) >= path.split('/').length - depth || imports.names(path, name))
      imported.set(directory, answer)
    }
    return answer
  }

  /** A root that no import statement names (an entry of `sys.path`): the one nearest to the importing file. */
  function nearestRoot(from: string, relative: string, head: string): ModuleFiles | undefined {
    const tail = relative.split('/').at(-1)!
    let best: { base: string; shared: number } | undefined
    byTail ??= groupByLastSegment(paths)
    for (const path of byTail.get(tail) ?? []) {
      const base = moduleBase(path)
      if (base !== relative && !base.endsWith(`/${relative}`)) continue
      const root = base.slice(0, base.length - relative.length).replace(/\/$/, '')
      if (root !== '' && isPackage(root)) continue
      const shared = sharedSegments(from, base)
      // One short name alone is no evidence: `import utils` far away is another project's.
      if (relative === head && shared === 0) continue
      if (!best || shared > best.shared) best = { base, shared }
    }
    return best && at(best.base)
  }

  const absolute = new Map<string, ModuleFiles | undefined>()

  return {
    resolve(from, level, dotted) {
      if (level === 0) {
        const key = `${parentOf(from)} ${dotted}`
        if (!absolute.has(key)) absolute.set(key, resolveAbsolute(from, dotted))
        return absolute.get(key)
      }
      let directory = from
      for (let i = 0; i < level; i++) directory = parentOf(directory)
      if (dotted !== '') return at(join(directory, dotted.replaceAll('.', '/')))
      const path = join(directory, '__init__.py')
      return { kind: 'module', path: files.has(path) ? path : undefined, directory }
    },
    submodule: (directory, name) => at(join(directory, name)),
  }
}

/** `app/metrics` for `app/metrics.py` and `app/metrics/__init__.py`. */
function moduleBase(path: string): string {
  return path.replace(/(\/__init__)?\.pyi?$/, '')
}

function groupByLastSegment(paths: readonly string[]): Map<string, string[]> {
  const byTail = new Map<string, string[]>()
  for (const path of paths) {
    const base = moduleBase(path)
    const tail = base.slice(base.lastIndexOf('/') + 1)
    const sharing = byTail.get(tail)
    if (sharing) sharing.push(path)
    else byTail.set(tail, [path])
  }
  return byTail
}

function parentOf(path: string): string {
  const slash = path.lastIndexOf('/')
  return slash === -1 ? '' : path.slice(0, slash)
}

function join(directory: string, rest: string): string {
  return directory === '' ? rest : `${directory}/${rest}`
}

function sharedSegments(a: string, b: string): number {
  const left = a.split('/')
  const right = b.split('/')
  let count = 0
  while (count < left.length && left[count] === right[count]) count++
  return count
}
