import { ownValue } from '../text/value.js'

type Renames = Readonly<Record<string, string>>

/** The names whose new names lead back to them, each circle told once. */
export function circularRenames(renames: Renames): string[] {
  const told = new Set<string>()
  return Object.keys(renames).filter((name) => {
    const circle = circleFrom(name, renames)
    if (circle.length === 0 || told.has(name)) return false
    for (const one of circle) told.add(one)
    return true
  })
}

/** The names from one to itself again; none where its new names end. */
export function circleFrom(name: string, renames: Renames): string[] {
  const names = [name]
  for (let next = ownValue(renames, name); next !== undefined && names.length <= Object.keys(renames).length; next = ownValue(renames, next)) {
    names.push(next)
    if (next === name) return names
  }
  return []
}
