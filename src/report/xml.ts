/** What XML 1.0 has no way to write (https://www.w3.org/TR/xml/#charsets), and half of a character. */
const impossible = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\n': '&#10;', '\r': '&#13;', '\t': '&#9;' }

/** A text as the content of an element: a line break stays one. What XML cannot hold is written as an escape such as `\u001b`. */
export function xmlText(text: string): string {
  return visibleInXml(text).replace(/[&<>\r]/g, (character) => entities[character]!)
}

/** A text as the value of an attribute, with its quotes: line breaks and tabs read back as they were. */
export function xmlAttribute(text: string): string {
  return `"${visibleInXml(text).replace(/[&<>"\n\r\t]/g, (character) => entities[character]!)}"`
}

/** Attributes of an element, in the order given, each with a blank before it. */
export function xmlAttributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values).map(([name, value]) => ` ${name}=${xmlAttribute(String(value))}`).join('')
}

export const xmlHead = '<?xml version="1.0" encoding="UTF-8"?>\n'

/** What XML cannot hold, and what would make a text read otherwise than it is, as escapes. */
function visibleInXml(text: string): string {
  return text.replace(impossible, escaped).replace(/[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, escaped)
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
