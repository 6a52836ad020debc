import { expect } from 'vitest'
import { until } from '../../tools/sandbox'
import type { Witness, WitnessPartition } from '../../tools/sandbox'
import { compareOnce, type Round } from './truth-check'
import type { Recorder, Statement } from './truth-recorder'

/** What a run is judged by: what the monitor says, and the brokers' own word. */
interface TruthParts {
  readonly recorder: Recorder
  readonly witness: Witness
}

interface TruthRounds {
  /** Compares round after round until `done` holds, then twice more; no round may disagree in anything. */
  readonly compareUntil: (
    scene: string,
    done: (rounds: readonly Round[]) => boolean,
    limitMs?: number,
  ) => Promise<Round[]>
  /** The rows that were like that: the witness asks any broker, and the next one may be a moment behind. */
  readonly whenTopics: (
    what: string,
    holds: (rows: readonly WitnessPartition[]) => boolean,
    limitMs?: number,
  ) => Promise<WitnessPartition[]>
  /** One line of figures for each comparison, and whatever else a run wants to print at its end. */
  readonly report: string[]
}

export const everyRow = (one: Statement, holds: (row: number, one: Statement) => boolean): boolean =>
  one.topology.partition.every((_, row) => holds(row, one))

/** Led by its preferred leader, with every replica in step. */
export const inSync = ({ isr, replicas, leader }: WitnessPartition): boolean =>
  leader === replicas[0] && [...isr].sort().join() === [...replicas].sort().join()

/** No partition is led by it, and where another one leads it is out of the ISR. */
export const isOut = (broker: number, rows: readonly WitnessPartition[]): boolean =>
  rows.every(({ leader, isr }) => leader < 0 || (leader !== broker && !isr.includes(broker)))

/** `parts` is asked each time: they are there only once the sandbox runs. */
export function truthRounds(parts: () => TruthParts): TruthRounds {
  const report: string[] = []
  const compareUntil: TruthRounds['compareUntil'] = async (scene, done, limitMs = 150_000) => {
    const { recorder, witness } = parts()
    const deadline = Date.now() + limitMs
    const rounds: Round[] = []
    let after = 0
    while (after < 2) {
      rounds.push(await compareOnce(recorder, witness))
      expect(rounds.at(-1)!.disagreements).toEqual([])
      if (done(rounds)) after += 1
      else if (Date.now() > deadline) throw new Error(`${scene}: what it does was not seen within ${limitMs} ms`)
    }
    const sum = (of: (round: Round) => number): number => rounds.reduce((total, round) => total + of(round), 0)
    const beside = (what: string, of: (round: Round) => number): string => (sum(of) > 0 ? `, ${sum(of)} ${what}` : '')
    // A comparison that compared nothing would agree with anything.
    expect(Math.max(...rounds.map((round) => round.partitions))).toBeGreaterThan(90)
    expect(Math.max(...rounds.map((round) => round.logEndOffsets))).toBeGreaterThan(200)
    report.push(
      `${scene}: ${rounds.length} rounds, ${sum((one) => one.partitions)} leaders and ISRs, ${sum((one) => one.logEndOffsets)} LEOs ` +
        `(${sum((one) => one.exact)} for equality), ${sum((one) => one.lags)} lags (stated error up to ${Math.max(...rounds.map((one) => one.largestError))} records), ` +
        `${sum((one) => one.highWatermarks)} HWs${beside('left out that were passing', (one) => one.passing)}` +
        `${beside('replicas without a log said to be unknown', (one) => one.withoutLog)}: no disagreement`,
    )
    return rounds
  }
  const whenTopics: TruthRounds['whenTopics'] = (what, holds, limitMs = 120_000) =>
    until(
      what,
      limitMs,
      async () => {
        const rows = await parts().witness.describeTopics()
        return holds(rows) ? rows : null
      },
      250,
    )
  return { compareUntil, whenTopics, report }
}
