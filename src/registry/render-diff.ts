import type { RegistryChange, RegistryDiff } from './diff.js'
import { placeText, recordOfPlace } from './recorded-place.js'
import { usedByText } from './usage.js'

/** The changes for people: a line each, below it where the family is declared and who uses what changed. */
export function renderDiff({ changes }: RegistryDiff): string {
  if (changes.length === 0) return 'no change\n'
  const breaking = changes.filter((change) => change.breaking).length
  const summary = `${counted(changes.length, 'change')}, ${breaking === 0 ? 'none' : breaking} breaking`
  return `${changes.map(renderChange).join('')}\n${summary}\n`
}

function renderChange({ breaking, family, message, place, usedBy }: RegistryChange): string {
  const declared = place === undefined ? '' : ` (${placeText(place)})`
  const users = new Set(usedBy.map((user) => `          used by ${usedByText(user)}\n`))
  return `${breaking ? 'breaking' : 'note    '}  ${family} ${message}${declared}\n${[...users].join('')}`
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

/** The changes for programs (schemas/registry-diff.schema.json). */
export function diffJson({ changes }: RegistryDiff): unknown {
  const breaking = changes.filter((change) => change.breaking).length
  return {
    version: 1,
    changes: changes.map(({ place, usedBy, ...change }) => ({
      ...change,
      ...(place === undefined ? {} : { place: recordOfPlace(place) }),
      usedBy: usedBy.map(({ consumer, use }) => ({ consumer: consumer.name, ...recordOfPlace(use.place) })),
    })),
    summary: { breaking, other: changes.length - breaking },
  }
}
