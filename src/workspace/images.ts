/**
 * The container images that a Compose file or a Kubernetes manifest names, as written. Read line by line, because
 * manifests with templates in them are no YAML until they are rendered.
 */
export function imagesIn(text: string): string[] {
  if (!text.includes('image:')) return []
  return [...text.matchAll(/^\s*(?:- )?image:\s*["']?([^\s"'#]+)/gm)].map((match) => match[1]!)
}

/**
 * The images that a Dockerfile's result is built on: of its last stage, through stages that it names. What other
 * stages take from is only copied out of. https://docs.docker.com/reference/dockerfile/#from
 */
export function baseImagesIn(dockerfile: string): string[] {
  const stages = [...dockerfile.matchAll(/^[ \t]*FROM[ \t]+(?:--\S+[ \t]+)*(\S+)(?:[ \t]+AS[ \t]+(\S+))?/gim)]
    .map(([, image, name]) => ({ image: image!, name: name?.toLowerCase() }))
  let stage = stages.at(-1)
  for (let i = stages.length - 1; i >= 0 && stage !== undefined; i--) {
    const named = stages.slice(0, i).findLast(({ name }) => name === stage!.image.toLowerCase())
    if (named === undefined) break
    stage = named
  }
  return stage === undefined || stage.image.toLowerCase() === 'scratch' ? [] : [stage.image]
}
