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
  String.raw`(?<![\w.])(?:(?<object>[\w.()[\]]*)\.)?(?<name>[A-Za-z_]\w*)(?=\.(?:${[...fillingMethods].join('|')})[ \t]*\(|\[[^\]\n]*\][ \t]*(?:\*\*|//|<<|>>|[-+*/%@&|^])?=(?!=))`, 'g')

const imports = /^[ \t]*(?:from[ \t]+[\w.]+[ \t]+)?import[ \t]+(\([^)]*\)|.*)$/gm

/** Where a text puts something in what is kept. */
export function findFilled(text: string): Filled {
  const imported = new Set([...text.matchAll(imports)].flatMap(([, names]) => names!.match(/\w+/g) ?? []))
  const found = { own: new Map<string, number[]>(), foreign: new Map<string, number[]>(), variables: new Map<string, number[]>() }
  for (const { 0: whole, index, groups } of text.matchAll(filled)) {
    const { object, name } = groups as { object?: string; name: string }
    const isForeign = object === undefined ? imported.has(name) : object !== 'self' && object !== 'cls'
    if (object === undefined && !isForeign && !isOfOuterScope(text, index, name)) continue
    const places = found[isForeign ? 'foreign' : object === undefined ? 'variables' : 'own']
    places.set(name, [...(places.get(name) ?? []), index + whole.length])
  }
  return found
}

/** Whether a name in a function is none of its own variables and parameters, as far as its text up to there tells. */
function isOfOuterScope(text: string, at: number, name: string): boolean {
  const start = startOfFunction(text, at)
  if (start === undefined) return false
  return !new RegExp(String.raw`(?<![\w.])${name}[ \t]*(?::[^=\n]*)?(?:=(?!=)|,[^=\n(]*=(?!=))|\b(?:for|as)[ \t]+[^:\n]*\b${name}\b|def[^:]*[(,]\s*\**${name}\b`).test(text.slice(start, at))
}

/** Where the function begins that a place is in, going by the indentation. */
function startOfFunction(text: string, at: number): number | undefined {
  let indentation = indentationAt(text, text.lastIndexOf('\n', at - 1) + 1)
  for (let end = text.lastIndexOf('\n', at - 1); end > 0 && indentation > 0;) {
    const start = text.lastIndexOf('\n', end - 1) + 1
    const own = indentationAt(text, start)
    if (start + own < end && own < indentation) {
      indentation = own
      if (/^(?:async[ \t]+)?def\b/.test(text.slice(start + own, start + own + 20))) return start
    }
    end = start - 1
  }
  return undefined
}

function indentationAt(text: string, start: number): number {
  let end = start
  while (text[end] === ' ' || text[end] === '\t') end++
  return end - start
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
