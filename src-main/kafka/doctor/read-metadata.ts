import type { MetadataColumns } from '../../domain/topology/columns'
import type { BrokerSocket } from '../client/broker-socket'
import { chooseVersion } from '../client/choose-version'
import type { Deadline } from '../client/deadline'
import { inSlices } from '../client/slices'
import { MetadataDecoder } from '../wire/metadata-decoder'
import { encodeMetadata, metadataApi } from '../wire/metadata-request'
import type { MetadataRequest } from '../wire/metadata-request'

/** As BrokerLink.metadata, and also able to ask for what one may do with the topics. */
export function readMetadata(
  socket: BrokerSocket,
  host: string,
  request: MetadataRequest,
  deadline: Deadline,
): Promise<MetadataColumns> {
  const version = chooseVersion(metadataApi, socket.versions, host)
  const body = encodeMetadata(version, request)
  return socket.within(deadline, metadataApi.apiName, async () => {
    const bytes = await socket.send(metadataApi, version, body)
    return inSlices(new MetadataDecoder(version, bytes), () => deadline.passed || socket.ended !== null)
  })
}
