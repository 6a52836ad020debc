/** Where the labels at the ends of lines stand. Pure. */

export const LABEL_PX = 16

/**
 * Places of labels whose middles want to be at `wanted` px, between `top` and `bottom`: in the order of what they want, at least `step` apart, and
 * none further away than it must be. More than fit lie at the step that there is room for.
 */
export function placeLabels(
  wanted: readonly number[],
  top: number,
  bottom: number,
  step = LABEL_PX,
): readonly number[] {
  const order = [...wanted.keys()].sort((a, b) => wanted[a]! - wanted[b]! || a - b)
  const room = Math.min(step, (bottom - top) / Math.max(1, order.length - 1))
  const placed = new Array<number>(wanted.length).fill(top)
  // Groups of labels that touch, each in the middle of what its members want.
  const groups: { first: number; count: number; sum: number }[] = []
  const startOf = ({ count, sum }: { count: number; sum: number }): number =>
    Math.min(bottom - (count - 1) * room, Math.max(top, sum / count - ((count - 1) * room) / 2))
  order.forEach((index, place) => {
    let group = { first: place, count: 1, sum: wanted[index]! }
    for (let last = groups.at(-1); last !== undefined; last = groups.at(-1)) {
      if (startOf(last) + last.count * room <= startOf(group) + 1e-9) break
      groups.pop()
      group = { first: last.first, count: last.count + group.count, sum: last.sum + group.sum }
    }
    groups.push(group)
  })
  for (const group of groups) {
    const start = startOf(group)
    for (let k = 0; k < group.count; k += 1) placed[order[group.first + k]!] = start + k * room
  }
  return placed
}

/** About how wide a text is at 12 px: Chinese characters are square. */
export const textWidth = (text: string): number =>
  Array.from(text).reduce((sum, char) => sum + (char > '\u2e80' ? 12.5 : 7), 0)
