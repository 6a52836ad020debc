import { createRequire } from 'node:module'
import { MetadataDecoder } from '../../src-main/kafka/wire/metadata-decoder'
import { barePass } from '../support/bare-pass'
import { bigMetadata } from '../support/big-metadata'
import type { Report } from './report'
import { runWhole } from '../../src-main/domain/slices'

const require = createRequire(import.meta.url)
const ROUNDS = 30
/** Until V8 has compiled the loops; a poll runs them for days. */
const WARM_UP = 40

/** The run that was disturbed least: other work on the machine can only add. */
const fastest = (times: readonly number[]): number => Math.min(...times)

function time(run: () => unknown): number {
  const from = performance.now()
  run()
  return performance.now() - from
}

/**
 * Our decoder against kafkajs's own and against a pass that reads the same fields and keeps none, in turn within one process, so that a
 * slower moment of the machine hits all three. kafkajs speaks v6 at most; its answer is the same cluster without leader epochs.
 */
export async function benchDecode(report: Report): Promise<void> {
  const kafkajs = require('kafkajs/src/protocol/requests/metadata/v6/response') as {
    decode(raw: Buffer): Promise<unknown>
  }
  for (const partitions of [10_000, 50_000, 200_000]) {
    const shape = { partitions, topics: Math.ceil(partitions / 20), replicationFactor: 3, brokers: 12 }
    const bytes = bigMetadata({ ...shape, version: 7 })
    const older = Buffer.from(bigMetadata({ ...shape, version: 6 }))
    // What a poll knows from the one before it, as the broker link passes it on.
    const expected = { partitions, replicas: partitions * shape.replicationFactor }
    const whole = (): readonly string[] => {
      const decoder = new MetadataDecoder(7, bytes, { previousNames: names, expected })
      return runWhole(decoder.pass()).columns.topicNames
    }
    let names: readonly string[] = []
    names = whole()
    const ours: number[] = []
    const bare: number[] = []
    const theirs: number[] = []
    for (let round = -WARM_UP; round < ROUNDS; round++) {
      const a = time(whole)
      const b = time(() => barePass(7, bytes))
      if (round >= 0) {
        ours.push(a)
        bare.push(b)
      }
      if (round >= 0 && round % 10 === 0) {
        const from = performance.now()
        await kafkajs.decode(older)
        theirs.push(performance.now() - from)
      }
    }
    const label = `decode ${partitions / 1000}k`
    report.note(`${label}: ours`, fastest(ours), 'ms')
    report.note(`${label}: bare pass`, fastest(bare), 'ms')
    report.note(`${label}: kafkajs`, fastest(theirs), 'ms')
    report.atLeast(`${label}: kafkajs / ours`, fastest(theirs) / fastest(ours), 'x', 10)
    report.atMost(`${label}: ours / bare pass`, fastest(ours) / fastest(bare), 'x', 1.5)
  }
}
