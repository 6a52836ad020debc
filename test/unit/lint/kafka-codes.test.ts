/** The rule against bare numbers of Kafka's, on one example of each way to write one and on what looks like one. */
import { Linter } from 'eslint'
import { describe, expect, it } from 'vitest'
import { kafkaCodesRule } from '../../../tools/lint/kafka-codes.mjs'

const linter = new Linter()
const complaints = (text: string): number =>
  linter.verify(text, [{ plugins: { house: { rules: { codes: kafkaCodesRule } } }, rules: { 'house/codes': 'error' } }])
    .length

describe('a bare number of Kafka’s is refused', () => {
  it.each([
    'answer.error === 3',
    '29 !== errorCode',
    'reading.metadataError[row] === 5',
    'answer?.error === 31',
    'const GONE = 3; read.error === GONE',
    'const REFUSED = new Set([29, 31]); REFUSED.has(answer.error)',
    "const WORDS = new Map([[3, 'gone']]); WORDS.get(kafkaError)",
    'const error = { topic, error: 3 }',
    'partition.errorCode ?? -1',
    "new PortError('not-found', 'kafka', 'gone', 3)",
    'switch (error) { case 84: break }',
    'const request = { resourceType: 2, name }',
    'const api = { apiKey: 35 }',
    'code === 29',
  ])('%s', (text) => {
    expect(complaints(text)).toBe(1)
  })
})

describe('what is no code of Kafka’s is left alone', () => {
  it.each([
    'answer.error === 0',
    'read.error === KafkaError.UNKNOWN_TOPIC_OR_PARTITION',
    'const OVERWRITTEN = -1000; error === OVERWRITTEN',
    'const SILENT = 7; code === SILENT',
    'exitCode === 1',
    'const size = { resourceCount: 2 }',
    'const LARGE = new Set([7]); LARGE.has(bytes)',
  ])('%s', (text) => {
    expect(complaints(text)).toBe(0)
  })
})
