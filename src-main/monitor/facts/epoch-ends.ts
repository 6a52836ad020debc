import type { EpochQuestion } from '../../domain/loss/loss-watch'
import type { PollParts } from '../poll/tick'

/** Partitions of one question: a broker that dies moves thousands of leaders at once. */
const AT_MOST = 1_000

/** `told` hears of each question once; NaN where the leader is not connected, does not answer, or does not tell. */
export type TellEpochEnd = (question: EpochQuestion, end: number) => void

/** Asks new leaders where an epoch before theirs ends in their logs. */
export async function askEpochEnds(
  { pool }: Pick<PollParts, 'pool'>,
  questions: readonly EpochQuestion[],
  told: TellEpochEnd,
): Promise<void> {
  const byLeader = new Map<number, EpochQuestion[]>()
  for (const question of questions) {
    const same = byLeader.get(question.leader)
    if (same === undefined) byLeader.set(question.leader, [question])
    else same.push(question)
  }
  const asked: Promise<void>[] = []
  for (const [leader, all] of byLeader) {
    for (let from = 0; from < all.length; from += AT_MOST) {
      const some = all.slice(from, from + AT_MOST)
      asked.push(
        ask(pool.get(leader), some).then((ends) =>
          some.forEach((question, at) => told(question, ends[at] ?? Number.NaN)),
        ),
      )
    }
  }
  await Promise.all(asked)
}

async function ask(
  lane: ReturnType<PollParts['pool']['get']>,
  questions: readonly EpochQuestion[],
): Promise<readonly number[]> {
  if (lane?.connected === undefined || lane.connected === null) return []
  try {
    const { value } = await lane.ask('epoch-ends', (link, timeoutMs) => link.epochEnds(questions, timeoutMs))
    return value
  } catch {
    return []
  }
}
