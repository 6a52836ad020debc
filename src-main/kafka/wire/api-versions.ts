import { defineCodec } from './codec'
import type { VersionRange } from './codec'
import type { Reader } from './reader'
import { ApiKey } from '../../shared/api-keys'
import { KafkaError } from '../../shared/kafka-codes'

export interface ApiVersionsRequest {
  readonly clientSoftwareName: string
  readonly clientSoftwareVersion: string
}

export interface ApiVersionsResponse {
  readonly errorCode: number
  readonly apiKeys: readonly (VersionRange & { readonly apiKey: number })[]
  readonly throttleTimeMs: number
  readonly supportedFeatures: readonly (VersionRange & { readonly name: string })[]
  /** -1 = the broker does not know it (a starting broker). An offset of the controllers' log on KRaft only: `metadataOffsetOf`. */
  readonly finalizedFeaturesEpoch: number
  /** ELR is on where `eligible.leader.replicas.version` is here with a level of 1 or more (seen on 4.1.1 and 4.4.0). */
  readonly finalizedFeatures: readonly {
    readonly name: string
    readonly maxVersionLevel: number
    readonly minVersionLevel: number
  }[]
}

export const apiVersions = defineCodec<ApiVersionsRequest, ApiVersionsResponse>({
  apiKey: ApiKey.ApiVersions,
  apiName: 'ApiVersions',
  versions: [3],
  flexibleFrom: 3,
  plainResponseHeader: true,
  readThrottle: (r) => readHead(r).throttleTimeMs,
  write(w, request) {
    w.string(request.clientSoftwareName, 'ClientSoftwareName')
    w.string(request.clientSoftwareVersion, 'ClientSoftwareVersion')
    w.tags()
  },
  read(r) {
    const head = readHead(r)
    if (head.errorCode === KafkaError.UNSUPPORTED_VERSION)
      return { ...head, supportedFeatures: [], finalizedFeaturesEpoch: -1, finalizedFeatures: [] }
    return { ...head, ...readFeatures(r) }
  },
})

type Head = Pick<ApiVersionsResponse, 'errorCode' | 'apiKeys' | 'throttleTimeMs'>

function readHead(r: Reader): Head {
  const errorCode = r.int16('ErrorCode')
  if (errorCode === KafkaError.UNSUPPORTED_VERSION) return refusal(r)
  const apiKeys = r.array('ApiKeys', 7, () => {
    const key = readKey(r)
    r.tags()
    return key
  })
  return { errorCode, apiKeys, throttleTimeMs: r.int32('ThrottleTimeMs') }
}

/** A broker that does not know our version answers in the layout of v0, whatever was asked (KIP-511). */
function refusal(r: Reader): Head {
  const count = r.int32('ApiKeys')
  if (count < 0 || count * 6 > r.remaining) r.fail('bad-length', `ApiKeys has count ${count}`)
  const apiKeys = Array.from({ length: count }, () => readKey(r))
  return { errorCode: KafkaError.UNSUPPORTED_VERSION, apiKeys, throttleTimeMs: 0 }
}

function readKey(r: Reader): VersionRange & { apiKey: number } {
  return { apiKey: r.int16('ApiKey'), minVersion: r.int16('MinVersion'), maxVersion: r.int16('MaxVersion') }
}

function readFeatures(
  r: Reader,
): Pick<ApiVersionsResponse, 'supportedFeatures' | 'finalizedFeaturesEpoch' | 'finalizedFeatures'> {
  let supportedFeatures: ApiVersionsResponse['supportedFeatures'] = []
  let finalizedFeaturesEpoch = -1
  let finalizedFeatures: ApiVersionsResponse['finalizedFeatures'] = []
  r.tags((tag) => {
    if (tag === 0) {
      supportedFeatures = r.array('SupportedFeatures', 6, () => {
        const feature = { name: r.string('Name'), minVersion: r.int16('MinVersion'), maxVersion: r.int16('MaxVersion') }
        r.tags()
        return feature
      })
    } else if (tag === 1) finalizedFeaturesEpoch = r.int64('FinalizedFeaturesEpoch')
    else if (tag === 2) {
      finalizedFeatures = r.array('FinalizedFeatures', 6, () => {
        const name = r.string('Name')
        const feature = {
          name,
          maxVersionLevel: r.int16('MaxVersionLevel'),
          minVersionLevel: r.int16('MinVersionLevel'),
        }
        r.tags()
        return feature
      })
    }
  })
  return { supportedFeatures, finalizedFeaturesEpoch, finalizedFeatures }
}
