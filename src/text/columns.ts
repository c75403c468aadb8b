import { createRequire } from 'node:module'
import { once } from './once.js'

/** Loaded when first needed: most texts are ASCII, and its tables cost half of what Node.js takes to start. */
const stringWidth = once(() => (createRequire(import.meta.url)('string-width') as typeof import('string-width')).default)

/** How many columns a text takes in a terminal. */
export function columnsOf(text: string): number {
  return /^[\x20-\x7e]*$/.test(text) ? text.length : stringWidth()(text)
}
