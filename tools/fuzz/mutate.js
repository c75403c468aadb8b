/* global structuredClone */
/** Changes to texts and to trees of plain values, as an editor, a merge or a generator that went wrong would make them. */

const longest = 20_000

/** What breaks readers of any language: brackets, quotes, escapes, controls, halves of characters, odd numbers. */
const anywhere = [
  '{', '}', '[', ']', '(', ')', '"', "'", '`', '\\', '/', ',', ':', ';', '#', '<', '>', '=', '-', '*', '&', '|', '$', '${', '[[', ']]', '{{', '}}',
  '\n', '\r\n', '\r', '\t', ' ', '    ', '\u0000', '\u001b[31m', '\u00e9', '\u2028', '\u202e', '\ufeff', '\ufffd', '😀', '\ud83d', '\ude00', 'e\u0301',
  '0', '-1', '1e999', '0x', '1_000', '.5', 'NaN', '9007199254740993', '__proto__', 'constructor', 'toString', '<<', '---', '...', '"""', '/*', '*/', '//', '@',
]

/** A text with one to eight changes; `others` are texts to take pieces from, `words` what the language is made of. */
export function mutatedText(random, text, others, words) {
  let result = window(random, text)
  for (let left = 1 + random.below(random.chance(4) ? 8 : 3); left > 0; left--) result = changedText(random, result, others, words)
  return result.slice(0, longest)
}

function window(random, text) {
  if (text.length <= 3000 && !random.chance(8)) return text
  const start = random.chance(2) ? 0 : text.indexOf('\n', random.below(text.length)) + 1
  return text.slice(start, start + 200 + random.below(2800))
}

function changedText(random, text, others, words) {
  const at = random.below(text.length + 1)
  const end = Math.min(text.length, at + 1 + random.below(random.chance(3) ? 60 : 6))
  const insert = (piece) => text.slice(0, at) + piece + text.slice(at)
  switch (random.below(10)) {
    case 0: return text.slice(0, at) + text.slice(end)
    case 1: return insert(text.slice(at, end))
    case 2: return insert(random.pick(anywhere))
    case 3: return insert(random.pick(words))
    case 4: return text.slice(0, at) + random.pick(random.chance(2) ? words : anywhere) + text.slice(end)
    case 5: return insert(random.pick(random.chance(2) ? words : anywhere).repeat(1 + random.below(random.chance(10) ? 2000 : 12)))
    case 6: {
      const other = random.pick(others)
      const from = random.below(other.length)
      return insert(other.slice(from, from + random.below(120)))
    }
    case 7: return text.slice(0, at)
    case 8: return changedLines(random, text)
    default: {
      const piece = random.below(text.length + 1)
      return text.slice(0, Math.min(at, piece)) + text.slice(Math.max(at, piece), Math.max(at, piece) + 20) + text.slice(Math.min(at, piece))
    }
  }
}

function changedLines(random, text) {
  const lines = text.split('\n')
  const at = random.below(lines.length)
  switch (random.below(5)) {
    case 0: lines.splice(at, 1 + random.below(3)); break
    case 1: lines.splice(at, 0, lines[at]); break
    case 2: lines[at] = ' '.repeat(1 + random.below(4)) + lines[at]; break
    case 3: lines[at] = lines[at].replace(/^ {1,2}/, ''); break
    default: lines.push(...lines.splice(at, 1 + random.below(3)))
  }
  return lines.join('\n')
}

const oddValues = [
  null, true, false, 0, -1, 1.5, 1e21, '', ' ', '$', '$x', '${x', '[[x]]', '__proto__', '\u0000', '\ud83d', '😀', 'a\nb', 'up', 'sum(', '{', '/', '..', '*',
  [], {}, [[]], [null], ['x', 1], { '': '' }, { uid: {} }, { type: [] }, { list: {} }, 'constructor', 'x'.repeat(300),
]

/** A tree of plain values with one to six changes of its keys, values and lists. */
export function mutatedTree(random, tree, words) {
  const root = structuredClone(tree)
  for (let left = 1 + random.below(6); left > 0; left--) {
    const places = containersIn(root)
    if (places.length === 0) return root
    changeContainer(random, random.pick(places), places, words)
  }
  return root
}

function containersIn(root) {
  const found = []
  const rest = [root]
  for (let value = rest.pop(); value !== undefined; value = rest.pop()) {
    if (typeof value !== 'object' || value === null) continue
    found.push(value)
    rest.push(...Object.values(value).filter((inner) => inner !== undefined))
    if (found.length > 5000) break
  }
  return found
}

function changeContainer(random, container, places, words) {
  const keys = Object.keys(container)
  const set = (key, value) => Object.defineProperty(container, key, { value, enumerable: true, configurable: true, writable: true })
  const key = keys.length === 0 ? (Array.isArray(container) ? '0' : 'x') : random.pick(keys)
  const value = container[key]
  switch (random.below(8)) {
    case 0:
      if (Array.isArray(container)) container.splice(Number(key), 1)
      else Reflect.deleteProperty(container, key)
      break
    case 1:
    case 2: set(key, structuredClone(random.pick(oddValues))); break
    case 3: set(Array.isArray(container) ? String(container.length) : random.pick([...words, '', '__proto__', '$x']), structuredClone(value ?? null)); break
    case 4: set(key, structuredClone(random.pick(places))); break
    case 5:
      if (typeof value === 'string') set(key, mutatedText(random, value, words, words))
      else set(key, random.pick(words))
      break
    case 6: {
      let inner = value ?? null
      for (let depth = random.chance(20) ? 600 : 3; depth > 0; depth--) inner = random.chance(2) ? [inner] : { [random.pick(words)]: inner }
      set(key, inner)
      break
    }
    default:
      if (Array.isArray(container) && container.length > 0) container.push(...structuredClone(container).slice(0, 3))
      else set(key, [value ?? null])
  }
}
