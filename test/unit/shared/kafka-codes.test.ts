import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { KafkaError, kafkaErrorName } from '../../../src-main/shared/kafka-codes'
import { projectRoot } from '../../../tools/setup/places'

const kafkas = readFileSync(join(projectRoot, 'test/fixtures/kafka/errors-4.4.0.tsv'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => line.split('\t') as [code: string, name: string])

describe("Kafka's error codes", () => {
  it("are Kafka's own list, all of it and nothing else", () => {
    expect(
      Object.entries(KafkaError)
        .map(([name, code]) => [String(code), name])
        .sort(),
    ).toEqual(kafkas.map(([code, name]) => [code, name]).sort())
  })

  it('107 is an ineligible replica, 116 an unknown controller', () => {
    expect([kafkaErrorName(107), kafkaErrorName(116)]).toEqual(['INELIGIBLE_REPLICA', 'UNKNOWN_CONTROLLER_ID'])
  })

  it('names a code of a newer broker by its number', () => {
    expect(kafkaErrorName(9999)).toBe('error 9999')
  })
})
