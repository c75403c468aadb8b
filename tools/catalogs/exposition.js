/**
 * Reads the text exposition format 0.0.4 into catalog families. Only what catalogs need: names, types, help and label
 * names. Written apart from src/prometheus so that the scripts run without a build.
 *
 * @param {string} text
 * @returns {Map<string, { name: string, type: string, help?: string, labels: Set<string>, series: Set<string>, sampled: boolean }>}
 */
export function readExposition(text) {
  const families = new Map()
  const family = (name) => {
    if (!families.has(name)) families.set(name, { name, type: 'untyped', labels: new Set(), series: new Set(), sampled: false })
    return families.get(name)
  }
  for (const line of text.split('\n')) {
    const comment = /^# (HELP|TYPE) (\S+) ?(.*)$/.exec(line)
    if (comment?.[1] === 'HELP') family(comment[2]).help = unescape(comment[3])
    else if (comment) family(comment[2]).type = comment[3].trim()
    const sample = /^([a-zA-Z_:][\w:]*)(\{.*\})? /.exec(line)
    if (sample) addSample(familyOfSample(families, sample[1]) ?? family(sample[1]), sample[1], sample[2] ?? '')
  }
  for (const each of families.values()) addSeriesOfType(each)
  return families
}

function addSample(family, series, labelText) {
  family.sampled = true
  family.series.add(series)
  for (const [, name] of labelText.matchAll(/([a-zA-Z_]\w*)="(?:[^"\\]|\\.)*"/g)) {
    if (name === 'le' && family.type === 'histogram') continue
    if (name === 'quantile' && family.type === 'summary') continue
    family.labels.add(name)
  }
}

function familyOfSample(families, series) {
  const base = series.replace(/_(bucket|sum|count)$/, '')
  const found = families.get(base)
  return base !== series && (found?.type === 'histogram' || found?.type === 'summary') ? found : families.get(series)
}

function addSeriesOfType(family) {
  for (const name of seriesOfType(family.name, family.type)) family.series.add(name)
}

/** The series that a family of a type exposes, quantiles of a summary left to the samples. */
export function seriesOfType(name, type) {
  if (type === 'histogram') return [`${name}_bucket`, `${name}_count`, `${name}_sum`]
  if (type === 'summary') return [`${name}_count`, `${name}_sum`]
  return [name]
}

function unescape(text) {
  return text.replace(/\\(.)/g, (_, character) => (character === 'n' ? '\n' : character))
}
