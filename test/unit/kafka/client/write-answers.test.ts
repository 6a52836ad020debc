import { describe, expect, it } from 'vitest'
import {
  alterAnswer,
  alterRequest,
  electionAnswer,
  electionRequest,
} from '../../../../src-main/kafka/client/write-answers'

const HOST = 'b:1'
const response = (
  resourceName: string,
  errorCode: number,
  errorMessage: string | null,
): { resourceType: number; resourceName: string; errorCode: number; errorMessage: string | null } => ({
  resourceType: 2,
  resourceName,
  errorCode,
  errorMessage,
})
const elected = (
  errorCode: number,
  ...rows: readonly (readonly [partitionId: number, errorCode: number, errorMessage: string | null])[]
): Parameters<typeof electionAnswer>[0] => ({
  throttleTimeMs: 0,
  errorCode,
  replicaElectionResults:
    rows.length === 0
      ? []
      : [
          {
            topic: 't',
            partitionResult: rows.map(([partitionId, error, errorMessage]) => ({
              partitionId,
              errorCode: error,
              errorMessage,
            })),
          },
        ],
})

describe('altering settings', () => {
  it('sends one operation per edited key and nothing else', () => {
    const edits = [
      { key: 'a', op: 'set', value: '1' },
      { key: 'b', op: 'delete', value: 'ignored' },
    ] as const
    expect(alterRequest([{ topic: 't', edits }], true)).toEqual({
      resources: [
        {
          resourceType: 2,
          resourceName: 't',
          configs: [
            { name: 'a', configOperation: 0, value: '1' },
            { name: 'b', configOperation: 1, value: null },
          ],
        },
      ],
      validateOnly: true,
    })
  })

  it("keeps each topic's error with the broker's own words", () => {
    const responses = [response('t', 0, null), response('u', 40, 'Unknown topic config name: x')]
    expect(alterAnswer({ throttleTimeMs: 0, responses }, HOST)).toEqual({
      topics: [
        { topic: 't', error: 0, message: '' },
        { topic: 'u', error: 40, message: 'Unknown topic config name: x' },
      ],
    })
  })

  it('names the topics that went past the controller, and throws when all did', () => {
    const some = [response('t', 0, null), response('u', 41, '')]
    expect(alterAnswer({ throttleTimeMs: 0, responses: some }, HOST).topics[1]?.message).toMatch(
      /^b:1 is not the controller/,
    )
    expect(() => alterAnswer({ throttleTimeMs: 0, responses: some.slice(1) }, HOST)).toThrow(
      expect.objectContaining({ kafkaError: 41, maybeDone: false }),
    )
    expect(alterAnswer({ throttleTimeMs: 0, responses: [] }, HOST)).toEqual({ topics: [] })
  })
})

describe('electing preferred leaders', () => {
  it('asks for a preferred election of exactly these, for a whole time of at least 1 ms', () => {
    const asked = [{ topic: 't', partitions: [1, 2] }]
    expect(electionRequest(asked, 0.2)).toEqual({ electionType: 0, topicPartitions: asked, timeoutMs: 1 })
    expect(electionRequest(asked, 1500.4).timeoutMs).toBe(1500)
  })

  it('keeps each error with its partition', () => {
    expect(
      electionAnswer(elected(0, [0, 0, null], [1, 84, 'Leader election not needed'], [2, 80, 'not available']), HOST)
        .partitions,
    ).toEqual([
      { topic: 't', partition: 0, error: 0, message: '' },
      { topic: 't', partition: 1, error: 84, message: 'Leader election not needed' },
      { topic: 't', partition: 2, error: 80, message: 'not available' },
    ])
  })

  it('never shows the text of a refused right', () => {
    expect(electionAnswer(elected(31, [0, 31, 'Request Request(processor=0']), HOST).partitions).toEqual([
      { topic: 't', partition: 0, error: 31, message: '' },
    ])
  })

  it.each([
    [31, 'not-authorized', false],
    [7, 'timeout', true],
    [13, 'unreachable', true],
    [-1, 'internal', true],
  ])('throws an error %i of the whole that no partition tells', (error, code, maybeDone) => {
    expect(() => electionAnswer(elected(error), HOST)).toThrow(
      expect.objectContaining({ kind: 'kafka', kafkaError: error, code, maybeDone }),
    )
    expect(() => electionAnswer(elected(error, [0, 0, null]), HOST)).toThrow(
      expect.objectContaining({ kafkaError: error }),
    )
  })

  it('throws when the broker is not the controller, told at the top or per partition', () => {
    expect(() => electionAnswer(elected(41), HOST)).toThrow(/the controller has to be asked/)
    expect(() => electionAnswer(elected(0, [0, 41, ''], [1, 41, '']), HOST)).toThrow(/the controller has to be asked/)
    expect(electionAnswer(elected(0, [0, 41, ''], [1, 0, null]), HOST).partitions[0]?.message).toMatch(
      /not the controller/,
    )
  })
})
