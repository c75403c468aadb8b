import type { Panel } from './model.js'

/** Grafana: public/app/core/constants.ts, GRID_COLUMN_COUNT */
const columns = 24

/** A panel and one that begins above it, or left of it, and reaches into it. */
export interface Overlap {
  readonly panel: Panel
  readonly under: Panel
}

/**
 * The panels of one grid that lie on others, each with one of those, from top to bottom. Panels that repeat are left
 * out, for how much room they take shows when the dashboard runs, and so are those without a place or a size.
 */
export function overlapsIn(grid: readonly Panel[]): Overlap[] {
  const placed = grid.flatMap((panel) => {
    const { gridPos, repeat, type } = panel
    return gridPos && gridPos.w > 0 && gridPos.h > 0 && (repeat === undefined || type === 'row') ? [{ panel, ...gridPos }] : []
  })
  placed.sort((a, b) => a.y - b.y || a.x - b.x)
  /** What reaches down furthest in each column. */
  const lowest: ({ readonly panel: Panel; readonly bottom: number } | undefined)[] = []
  const found: Overlap[] = []
  for (const { panel, x, y, w, h } of placed) {
    let under: Panel | undefined
    for (let column = Math.max(0, Math.floor(x)); column < Math.min(columns, x + w); column++) {
      const above = lowest[column]
      if (above && above.bottom > y) under ??= above.panel
      if (!above || above.bottom < y + h) lowest[column] = { panel, bottom: y + h }
    }
    if (under) found.push({ panel, under })
  }
  return found
}
