import { afterEach, describe, expect, it } from 'vitest'
import { apiVersions } from '../../../../src-main/kafka/wire/api-versions'
import { throttleMs } from '../../../../src-main/kafka/wire/codec'
import { describeQuorum } from '../../../../src-main/kafka/wire/describe-quorum'
import { metadataApi } from '../../../../src-main/kafka/wire/metadata-request'
import { brokerAndLink } from '../../../support/broker-and-link'
import { capturedAnswers, fromHex } from '../../../support/captured-answers'
import { took } from '../../../support/stall-watch'

const METADATA = 3
const WELL_MS = 20_000

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

/** The captured answer, with another ThrottleTimeMs. */
function heldBack(ms: number): Uint8Array {
  const found = capturedAnswers().find((one) => one.kafka === '4.4.0' && one.apiKey === METADATA && one.version === 12)
  const bytes = Buffer.from(fromHex(found?.response ?? ''))
  // After the tag buffer of the header.
  bytes.writeInt32BE(ms, 1)
  return bytes
}

describe('the time a broker holds a connection back', () => {
  it('is read where it stands, and is none where it does not', () => {
    expect(throttleMs(metadataApi, 12, heldBack(900))).toBe(900)
    expect(throttleMs(metadataApi, 7, Buffer.from('00000384', 'hex'))).toBe(900)
    expect(throttleMs(metadataApi, 12, heldBack(-5))).toBe(0)
    expect(throttleMs(describeQuorum, describeQuorum.versions[0]!, heldBack(900))).toBe(0)
    expect(() => throttleMs(metadataApi, 12, Buffer.of(0, 1))).toThrow(/truncated/)
  })

  it('is read behind the list of APIs, with which a connection is asked for all its time', () => {
    const oneApi = '0000' + '02' + '0012' + '0000' + '0004' + '00'
    expect(throttleMs(apiVersions, 3, Buffer.from(`${oneApi}00000384` + '00', 'hex'))).toBe(900)
    // The layout of v0, which has none.
    expect(throttleMs(apiVersions, 3, Buffer.from('0023' + '00000001' + '001200000003', 'hex'))).toBe(0)
  })

  it('is known of the link until it is over, and never for days', async () => {
    let ms = 900
    const { link } = await brokerAndLink(ends, (question) => {
      if (question.apiKey !== METADATA) return false
      question.answer(heldBack(ms))
      return true
    })
    expect(link.heldMs).toBe(0)
    await link.connect(WELL_MS)
    expect(link.heldMs).toBe(0)
    await link.metadata(null, WELL_MS)
    expect(link.heldMs).toBeGreaterThan(0)
    expect(link.heldMs).toBeLessThanOrEqual(900)
    ms = 2 ** 31 - 1
    await link.metadata(null, WELL_MS)
    expect(link.heldMs).toBeLessThanOrEqual(30_000)
  })

  it('is added to the limit of what is asked meanwhile: a broker that reads later is not silent', async () => {
    let answers = 0
    const { link } = await brokerAndLink(ends, (question) => {
      if (question.apiKey !== METADATA) return false
      answers += 1
      if (answers === 1) question.answer(heldBack(500))
      else setTimeout(() => question.answer(heldBack(0)), 500)
      return true
    })
    await link.connect(WELL_MS)
    await link.metadata(null, WELL_MS)
    await expect(link.metadata(null, 200)).resolves.toBeDefined()
    const late = link.metadata(null, 200)
    const inTime = took(late)
    await expect(late).rejects.toMatchObject({ kind: 'timeout' })
    expect(await inTime).toBeLessThan(450)
  })
})
