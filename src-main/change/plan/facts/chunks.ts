import type { Asking } from './asking'

/** Larger requests hold a broker's handler for long, and a larger answer would take the decoder more than a slice. */
export const ROWS_PER_QUESTION = 5_000
const BLOCK = 1_000

export type PartitionsAsked = readonly { readonly topic: string; readonly partitions: readonly number[] }[]

/** Topics with their partitions, cut into questions of bounded size. Partitions of one topic must be contiguous. */
export function inQuestions(rows: Iterable<{ readonly name: string; readonly partition: number }>): PartitionsAsked[] {
  const questions: { topic: string; partitions: number[] }[][] = []
  let room = 0
  for (const { name, partition } of rows) {
    if (room === 0) {
      questions.push([])
      room = ROWS_PER_QUESTION
    }
    const asked = questions.at(-1)!
    const last = asked.at(-1)
    if (last?.topic === name) last.partitions.push(partition)
    else asked.push({ topic: name, partitions: [partition] })
    room -= 1
  }
  return questions
}

/** Visits every row, breathing in between. */
export async function eachRow<T>(
  asking: Asking,
  rows: readonly T[],
  visit: (row: T, at: number) => void,
): Promise<void> {
  for (let from = 0; from < rows.length; from += BLOCK) {
    await asking.breathe()
    const to = Math.min(rows.length, from + BLOCK)
    for (let at = from; at < to; at += 1) visit(rows[at]!, at)
  }
}

/** Adds to the list kept under a key. */
export function collect<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [value])
  else list.push(value)
}
