import { layOut } from './json-layout.js'
import { mergeRegistries } from './merge.js'
import { parsePattern, patternText } from './name-pattern.js'
import { placeFromRecord, recordOfPlace } from './recorded-place.js'
import type { RecordedPlace } from './recorded-place.js'
import { schemaProblems } from '../text/schema-check.js'
import type { Declaration, Family, MetricType, Movement, Origin, OriginInFile, RegistryContent } from './types.js'
import { parseJson } from '../text/json.js'
import type { Problem, SourceText } from '../text/source.js'

/**
 * The registry as JSON (schemas/registry.schema.json): sorted, one label, series and declaration a line. Equal
 * content gives equal text, in whatever order it was collected.
 */
export function writeRegistry(content: RegistryContent): string {
  const { families, patterns } = mergeRegistries([content])
  return layOut({
    version: 1,
    families: families.map((family) => writtenFamily(family.name, family.series, family)),
    patterns:
      patterns.length === 0
        ? undefined
        : patterns.map((pattern) => writtenFamily(patternText(pattern.name), pattern.series.map(patternText), pattern)),
  })
}

/**
 * Reads what `writeRegistry` wrote, or a person. Items that are against the schema are left out and reported, the
 * rest is read. Declarations keep the places of the file's own repository.
 */
export function readRegistry(source: SourceText): { content: RegistryContent; problems: readonly Problem[] } {
  const empty: RegistryContent = { families: [], patterns: [] }
  const document = parseJson(source)
  if (document.problems.length > 0) return { content: empty, problems: document.problems }
  const problems = schemaProblems('registry', document)
  const faulty = new Set(problems.map(({ path }) => path.slice(0, 2).join('/')))
  const isItem = (path: readonly unknown[]) => path.length >= 2 && (path[0] === 'families' || path[0] === 'patterns')
  // A fault outside the items (a wrong version, lists that are none) leaves nothing to rely on.
  if (problems.some(({ path }) => !isItem(path))) return { content: empty, problems }

  const file = document.value as RegistryInFile
  const sound = (list: 'families' | 'patterns') => (file[list] ?? []).filter((_, i) => !faulty.has(`${list}/${i}`))
  const families = sound('families').map((family) => ({
    name: family.name,
    series: family.series.toSorted(),
    ...readFamily(family, source.path),
  }))
  const patterns = sound('patterns').map((pattern) => ({
    name: parsePattern(pattern.name),
    series: pattern.series.toSorted().map(parsePattern),
    ...readFamily(pattern, source.path),
  }))
  return { content: mergeRegistries([{ families, patterns }]), problems }
}

/** schemas/registry.schema.json */
interface RegistryInFile {
  readonly families: readonly FamilyInFile[]
  readonly patterns?: readonly FamilyInFile[]
}

interface FamilyInFile {
  readonly name: string
  readonly type: MetricType
  readonly help?: string | undefined
  readonly unit?: string | undefined
  readonly labels: readonly LabelInFile[]
  readonly labelsOpen?: boolean | undefined
  readonly series: readonly string[]
  readonly buckets?: readonly number[] | undefined
  readonly quantiles?: readonly number[] | undefined
  readonly recorded?: 'yes' | 'never' | undefined
  readonly movement?: Movement | undefined
  readonly origin?: OriginInFile | undefined
  readonly declarations: readonly DeclarationInFile[]
}

interface LabelInFile {
  readonly name: string
  readonly values?: readonly string[] | undefined
  readonly open: boolean
  readonly patterns?: readonly string[] | undefined
  readonly always?: true | undefined
}

interface DeclarationInFile extends RecordedPlace {
  readonly via?: readonly RecordedPlace[] | undefined
  readonly reason?: string | undefined
}

type Described = Omit<Family, 'name' | 'series'>

function writtenFamily(name: string, series: readonly string[], described: Described): FamilyInFile {
  return {
    name,
    type: described.type,
    help: described.help,
    unit: described.unit,
    labels: described.labels.map(({ name, values, open, patterns, always }) => ({
      name,
      values: values.length === 0 ? undefined : values,
      open,
      patterns: patterns?.map(patternText),
      always,
    })),
    labelsOpen: described.labelsOpen || undefined,
    series,
    buckets: described.buckets,
    quantiles: described.quantiles,
    recorded: described.recorded === 'unknown' ? undefined : described.recorded,
    movement: described.movement,
    origin: originInFile(described.origin),
    declarations: described.declarations.map(writtenDeclaration),
  }
}

function writtenDeclaration({ place, via, reason }: Declaration): DeclarationInFile {
  return {
    ...recordOfPlace(place),
    via: via.length === 0 ? undefined : via.map(recordOfPlace),
    reason,
  }
}

/** A family read from a file and written again keeps the origin it had there. */
function originInFile(origin: Origin): OriginInFile | undefined {
  return origin.kind === 'registry-file' ? origin.from : origin
}

function readFamily(family: FamilyInFile, file: string): Described {
  const { help, unit, buckets, quantiles, movement, origin } = family
  return {
    type: family.type,
    ...(help === undefined ? {} : { help }),
    ...(unit === undefined ? {} : { unit }),
    labels: family.labels
      .map(({ name, values, open, patterns, always }) => ({
        name, values: values ?? [], open, ...(open && patterns && { patterns: patterns.map(parsePattern) }), ...(always && { always }),
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    labelsOpen: family.labelsOpen ?? false,
    ...(buckets === undefined ? {} : { buckets }),
    ...(quantiles === undefined ? {} : { quantiles }),
    recorded: family.recorded ?? 'unknown',
    ...(movement === undefined ? {} : { movement }),
    origin: { kind: 'registry-file', file, ...(origin === undefined ? {} : { from: origin }) },
    declarations: family.declarations.map(({ via, reason, ...place }) => ({
      place: placeFromRecord(place),
      via: (via ?? []).map(placeFromRecord),
      ...(reason === undefined ? {} : { reason }),
    })),
  }
}
