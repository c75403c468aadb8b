/** Where a module's text writes what other functions read: by name, where `x.name` ends or the statement begins. */
export interface Writes {
  /** `self.name = …` */
  readonly own: ReadonlyMap<string, readonly number[]>
  /** `other.name = …` */
  readonly foreign: ReadonlyMap<string, readonly number[]>
  /** `global name` */
  readonly global: ReadonlyMap<string, readonly number[]>
  /** `nonlocal name` */
  readonly nonlocal: ReadonlyMap<string, readonly number[]>
  /** Where something is put in what is kept, by where its name ends. */
  readonly filled: Filled
}

interface Filled {
  /** `self.name.append(…)`, `self.name[…] = …` */
  readonly own: ReadonlyMap<string, readonly number[]>
  /** `other.name.append(…)`, and `name.append(…)` of an imported name */
  readonly foreign: ReadonlyMap<string, readonly number[]>
  /** `name.append(…)` in a function, of a variable of its module */
  readonly variables: ReadonlyMap<string, readonly number[]>
}

/** Methods that put something in a list, set or dictionary. */
export const fillingMethods: ReadonlySet<string> = new Set(['append', 'appendleft', 'extend', 'insert', 'add', 'update', 'setdefault'])

const targets = /^[ \t]*[\w.()[\]'"*, \t]{0,200}\.\w[\w.()[\]'"*, \t]{0,200}(?::[^=\n]*)?(?:\*\*|\/\/|<<|>>|[-+*/%@&|^])?=(?!=)/gm
const declared = /^[ \t]*(global|nonlocal)[ \t]+([\w, \t]+)/gm

export function findWrites(text: string): Writes {
  return { ...findAssignments(text), filled: findFilled(text) }
}

const filled = new RegExp(
  String.raw`(?<!\w)[A-Za-z_]\w*(?=\.(?:${[...fillingMethods].join('|')})[ \t]*\(|\[[^[\]\n]*\][ \t]*(?:\*\*|//|<<|>>|[-+*/%@&|^])?=(?!=))`, 'g')

const imports = /^[ \t]*(?:from[ \t]+[\w.]+[ \t]+)?import[ \t]+(\([^)]*\)|.*)$/gm

/** Where a text puts something in what is kept. */
export function findFilled(text: string): Filled {
  const imported = new Set([...text.matchAll(imports)].flatMap(([, names]) => names!.match(/\w+/g) ?? []))
  const found = { own: new Map<string, number[]>(), foreign: new Map<string, number[]>(), variables: new Map<string, number[]>() }
  const isOfOuterScope = outerScopeTest(text)
  for (const { 0: name, index } of text.matchAll(filled)) {
    const isAttribute = text[index - 1] === '.'
    const isForeign = isAttribute ? !/(?<![\w.])(?:self|cls)\.$/.test(text.slice(Math.max(0, index - 6), index)) : imported.has(name)
    if (!isAttribute && !isForeign && !isOfOuterScope(name, index)) continue
    const places = found[isForeign ? 'foreign' : isAttribute ? 'own' : 'variables']
    const known = places.get(name)
    if (known) known.push(index + name.length)
    else places.set(name, [index + name.length])
  }
  return found
}

/**
 * A test for places of a text, asked in order: whether a name in a function is none of its own variables and parameters,
 * as far as its text up to there tells. Each line is read once, whatever stands in it.
 */
function outerScopeTest(text: string): (name: string, at: number) => boolean {
  const functionAt = functionFinder(text)
  const locals = new Set<string>()
  const read = new Map<string, number>()
  return (name, at) => {
    const start = functionAt(at)
    if (start === undefined) return false
    const key = `${start} ${name}`
    if (!locals.has(key) && bindingOf(name).test(text.slice(read.get(key) ?? start, at))) locals.add(key)
    read.set(key, lineStart(text, at))
    return !locals.has(key)
  }
}

/** What makes a name a variable or parameter of a function. */
function bindingOf(name: string): RegExp {
  return new RegExp(String.raw`(?<![\w.])${name}[ \t]*(?::[^=\n]*)?(?:=(?!=)|,[^=\n(]*=(?!=))|\b(?:for|as)[ \t]+[^:\n]*\b${name}\b|def[^:]*[(,]\s*\**${name}\b`)
}

/** Tells where the function begins that a place is in, going by the indentation; for places asked in order. */
function functionFinder(text: string): (at: number) => number | undefined {
  const open: { readonly indentation: number; readonly start: number }[] = []
  let next = 0
  let around: number | undefined
  return (at) => {
    while (next <= at) {
      const start = next
      const end = text.indexOf('\n', start)
      next = end < 0 ? Infinity : end + 1
      const indentation = /^[ \t]*/.exec(text.slice(start, Math.min(next, text.length)))![0].length
      if (start + indentation === (end < 0 ? text.length : end)) continue
      while (open.length > 0 && open.at(-1)!.indentation >= indentation) open.pop()
      around = open.at(-1)?.start
      if (/^(?:async[ \t]+)?def\b/.test(text.slice(start + indentation, start + indentation + 20))) open.push({ indentation, start })
    }
    return around
  }
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1
}

function findAssignments(text: string): Omit<Writes, 'filled'> {
  const found = { own: new Map<string, number[]>(), foreign: new Map<string, number[]>(), global: new Map<string, number[]>(), nonlocal: new Map<string, number[]>() }
  const note = (kind: keyof typeof found, name: string, at: number) => {
    const known = found[kind].get(name)
    if (known) known.push(at)
    else found[kind].set(name, [at])
  }
  for (const statement of text.matchAll(targets)) {
    // `f(self.a, b=1)` over several lines
    if (statement[0].includes(',') && !/\s\S?=$/.test(statement[0])) continue
    for (const target of statement[0].matchAll(/([\w)\]]+)\.([A-Za-z_]\w*)(?=[ \t]*[,:=)\-+*/%@&|^<>]|[ \t]*$)/g)) {
      note(target[1] === 'self' || target[1] === 'cls' ? 'own' : 'foreign', target[2]!, statement.index + target.index + target[0].length)
    }
  }
  for (const statement of text.matchAll(declared)) {
    const start = statement.index + statement[0].search(/\S/)
    for (const name of statement[2]!.match(/\w+/g) ?? []) note(statement[1] as 'global' | 'nonlocal', name, start)
  }
  return found
}
