import { describe, expect, it } from 'vitest'
import { fetch } from '../../../../src-main/kafka/wire/fetch'
import type { FetchRequest } from '../../../../src-main/kafka/wire/fetch'
import { readRecordBatches } from '../../../../src-main/kafka/wire/record-batches'
import type { RecordBatch } from '../../../../src-main/kafka/wire/record-batches'
import { capturedAnswers, fromHex, titleOf, toHex } from '../../../support/captured-answers'
import type { Captured } from '../../../support/captured-answers'

type CapturedFetch = Captured<FetchRequest> & { readonly batches: readonly RecordBatch[] }

const captured = capturedAnswers().filter(({ apiKey }) => apiKey === fetch.apiKey) as CapturedFetch[]

describe('Fetch', () => {
  it('was captured on the oldest and the newest broker', () => {
    expect(new Set(captured.map(({ kafka }) => kafka))).toEqual(new Set(['2.8.2', '4.4.0']))
  })

  it.each(captured.map((one) => [titleOf(one), one] as const))("%s: as Kafka's own classes read it", (_title, one) => {
    expect(toHex(fetch.encode(one.version, one.request))).toBe(one.requestBody)
    const { responses, ...rest } = fetch.decode(one.version, fromHex(one.response))
    const sized = responses.map(({ topic, partitions }) => ({
      topic,
      partitions: partitions.map(({ records, ...partition }) => ({
        ...partition,
        recordsSizeInBytes: records?.length ?? -1,
      })),
    }))
    expect({ ...rest, responses: sized }).toEqual(one.expected)
    const records = responses[0]?.partitions[0]?.records ?? new Uint8Array(0)
    expect(readRecordBatches('Fetch', records)).toEqual(one.batches)
  })

  it('refuses a version we do not speak', () => {
    expect(() => fetch.decode(12, new Uint8Array(16))).toThrow(
      expect.objectContaining({ name: 'WireError', code: 'version' }),
    )
  })

  it('refuses records with a length below -1', () => {
    const bytes = fromHex(captured.find(({ batches }) => batches.length > 0)?.response ?? '')
    const { responses } = fetch.decode(11, bytes)
    const records = responses[0]?.partitions[0]?.records?.length ?? 0
    new DataView(bytes.buffer).setInt32(bytes.length - records - 4, -2)
    expect(() => fetch.decode(11, bytes)).toThrow(expect.objectContaining({ name: 'WireError', code: 'bad-length' }))
  })
})
