import { defineCodec } from './codec'
import { readClusterId, readNode, readNodes } from './nodes'
import type { Reader } from './reader'
import { ApiKey } from '../../shared/api-keys'

export interface DescribeClusterRequest {
  readonly includeClusterAuthorizedOperations: boolean
  /** From v2: registered brokers that are down are listed too. Earlier versions cannot ask and never list them. */
  readonly includeFencedBrokers: boolean
}

export interface DescribedBroker {
  readonly brokerId: number
  readonly host: string
  readonly port: number
  readonly rack: string | null
  /** False before v2, which lists live brokers only. */
  readonly isFenced: boolean
}

export interface DescribeClusterResponse {
  readonly throttleTimeMs: number
  readonly errorCode: number
  readonly errorMessage: string | null
  readonly clusterId: string | null
  /** A random live broker on KRaft, as in Metadata. */
  readonly controllerId: number
  readonly brokers: readonly DescribedBroker[]
  /** Bitmask (bit n = operation n), -2147483648 where it was not asked for. */
  readonly clusterAuthorizedOperations: number
}

// Endpoint 1 = brokers, 2 = controllers; we only ever talk to brokers.
const ENDPOINT_BROKERS = 1

export const describeCluster = defineCodec<DescribeClusterRequest, DescribeClusterResponse>({
  apiKey: ApiKey.DescribeCluster,
  apiName: 'DescribeCluster',
  versions: [2, 1, 0],
  flexibleFrom: 0,
  write(w, request, version) {
    w.boolean(request.includeClusterAuthorizedOperations)
    if (version >= 1) w.int8(ENDPOINT_BROKERS, 'EndpointType')
    if (version >= 2) w.boolean(request.includeFencedBrokers)
    w.tags()
  },
  read(r, version) {
    const throttleTimeMs = r.int32('ThrottleTimeMs')
    const errorCode = r.int16('ErrorCode')
    const errorMessage = r.nullableString('ErrorMessage')
    if (version >= 1) r.int8('EndpointType')
    const response = {
      throttleTimeMs,
      errorCode,
      errorMessage,
      clusterId: readClusterId(r),
      controllerId: r.int32('ControllerId'),
      brokers: readNodes(
        r,
        () => readBroker(r, version),
        ({ brokerId }) => brokerId,
      ),
      clusterAuthorizedOperations: r.int32('ClusterAuthorizedOperations'),
    }
    r.tags()
    return response
  },
})

function readBroker(r: Reader, version: number): DescribedBroker {
  const { id, ...address } = readNode(r, 'BrokerId')
  const broker = { brokerId: id, ...address, isFenced: version >= 2 ? r.boolean('IsFenced') : false }
  r.tags()
  return broker
}
