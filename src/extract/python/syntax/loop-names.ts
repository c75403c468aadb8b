import type { Expression, ForStatement, Statement, WhileStatement } from './ast.js'

export interface LoopNames {
  /** What a round may read before it assigns it: as the round before left it. */
  readonly carried: ReadonlySet<string>
  /** What `+=` and its kin change in each round. */
  readonly counted: ReadonlySet<string>
}

const known = new WeakMap<Statement, LoopNames>()

export function namesOfLoop(loop: ForStatement | WhileStatement): LoopNames {
  let names = known.get(loop)
  if (!names) {
    const carried = new Set<string>()
    const counted = new Set<string>()
    const assigned = new Set<string>()
    const reader = { carried, counted }
    if (loop.kind === 'for') noteTarget(reader, loop.target, assigned)
    else noteReads(reader, loop.test, assigned)
    noteBlock(reader, loop.body, assigned)
    known.set(loop, (names = { carried, counted }))
  }
  return names
}

interface Reader {
  readonly carried: Set<string>
  readonly counted: Set<string>
}

/** What is assigned for certain at the end of a block; `undefined` where its end is not reached. */
type Assigned = Set<string> | undefined

function noteBlock(reader: Reader, body: readonly Statement[], before: Set<string>): Assigned {
  const assigned = new Set(before)
  let isReached = true
  for (const statement of body) isReached = noteStatement(reader, statement, assigned) && isReached
  return isReached ? assigned : undefined
}

/** Adds to `assigned` what is assigned for certain; whether the next statement is reached. */
function noteStatement(reader: Reader, statement: Statement, assigned: Set<string>): boolean {
  const noteAll = (ends: readonly Assigned[]): boolean => {
    const [first, ...others] = ends.filter((end) => end !== undefined)
    for (const name of first ?? []) if (others.every((other) => other.has(name))) assigned.add(name)
    return first !== undefined
  }
  switch (statement.kind) {
    case 'assign':
      if (!statement.value) return true
      noteReads(reader, statement.value, assigned)
      for (const target of statement.targets) noteTarget(reader, target, assigned)
      return true
    case 'augmentedAssign':
      noteReads(reader, statement.value, assigned)
      if (statement.target.kind !== 'name') noteTarget(reader, statement.target, assigned)
      else {
        noteReads(reader, statement.target, assigned)
        reader.counted.add(statement.target.id)
      }
      return true
    case 'expression': {
      const { value } = statement
      // `list.append(x)` alone reads nothing of the list.
      if (value.kind === 'call' && value.callee.kind === 'attribute' && value.callee.object.kind === 'name' &&
        ['append', 'add', 'extend', 'update', 'insert', 'appendleft'].includes(value.callee.name)) noteReads(reader, value.args, assigned)
      else noteReads(reader, value, assigned)
      return true
    }
    case 'return':
    case 'raise':
      if (statement.value) noteReads(reader, statement.value, assigned)
      return false
    case 'break':
    case 'continue':
      return false
    case 'if': {
      const ends = statement.branches.map(({ test, body }) => {
        noteReads(reader, test, assigned)
        return noteBlock(reader, body, assigned)
      })
      return noteAll([...ends, noteBlock(reader, statement.otherwise, assigned)])
    }
    case 'for': {
      noteReads(reader, statement.iterable, assigned)
      const inner = new Set(assigned)
      noteTarget(reader, statement.target, inner)
      noteBlock(reader, statement.body, inner)
      noteBlock(reader, statement.otherwise, assigned)
      return true
    }
    case 'while':
      noteReads(reader, statement.test, assigned)
      noteBlock(reader, statement.body, assigned)
      noteBlock(reader, statement.otherwise, assigned)
      return true
    case 'with':
      for (const { value, target } of statement.items) {
        noteReads(reader, value, assigned)
        if (target) noteTarget(reader, target, assigned)
      }
      return noteAll([noteBlock(reader, statement.body, assigned)])
    case 'try': {
      const through = noteBlock(reader, statement.body, assigned)
      const ends = [through && noteBlock(reader, statement.otherwise, through)]
      for (const { name, body } of statement.handlers) ends.push(noteBlock(reader, body, name === undefined ? assigned : new Set([...assigned, name])))
      const last = noteBlock(reader, statement.finalizer, assigned)
      return noteAll(ends) && noteAll([last])
    }
    case 'match': {
      noteReads(reader, statement.subject, assigned)
      const ends = statement.cases.map(({ captures, body }) => noteBlock(reader, body, new Set([...assigned, ...captures])))
      return noteAll(statement.isTotal ? ends : [...ends, assigned])
    }
    case 'function':
    case 'class':
      noteReads(reader, [statement.body, statement.decorators], assigned)
      assigned.add(statement.name)
      return true
    default:
      return true
  }
}

function noteTarget(reader: Reader, target: Expression, assigned: Set<string>): void {
  if (target.kind === 'name') assigned.add(target.id)
  else if (target.kind === 'sequence') for (const { value } of target.items) noteTarget(reader, value, assigned)
  // `entries[key] = x` alone reads nothing of the dictionary.
  else if (target.kind === 'subscript' && target.object.kind === 'name') {
    if (target.index) noteReads(reader, target.index, assigned)
  } else noteReads(reader, target, assigned)
}

/** Every name in a part of the tree, those of functions within it included. */
function noteReads(reader: Reader, node: object, assigned: ReadonlySet<string>): void {
  if ('kind' in node && node.kind === 'name' && 'id' in node) {
    if (!assigned.has(node.id as string)) reader.carried.add(node.id as string)
    return
  }
  for (const child of Object.values(node)) if (typeof child === 'object' && child !== null) noteReads(reader, child as object, assigned)
}
