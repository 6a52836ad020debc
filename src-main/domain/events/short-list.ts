/** Of a list as an event keeps it: a topic of 1,000 partitions lists 3,000 throttled replicas. */
const MOST = 200

/** The first entries of a list with commas and how many there are, where it is too long to be kept whole: `0:1,0:2,… (3000)`. */
export function shortList(list: string): string {
  if (list.length <= MOST) return list
  const end = list.lastIndexOf(',', MOST)
  return `${list.slice(0, end < 0 ? MOST : end + 1)}… (${list.split(',').length})`
}
