/**
 * The container images that a Compose file or a Kubernetes manifest names, as written. Read line by line, because
 * manifests with templates in them are no YAML until they are rendered.
 */
export function imagesIn(text: string): string[] {
  if (!text.includes('image:')) return []
  return [...text.matchAll(/^\s*(?:- )?image:\s*["']?([^\s"'#]+)/gm)].map((match) => match[1]!)
}
