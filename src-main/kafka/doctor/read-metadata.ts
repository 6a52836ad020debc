import type { MetadataColumns } from '../../domain/topology/columns'
import type { BrokerSocket } from '../client/broker-socket'
import { chooseVersion } from '../client/choose-version'
import type { Deadline } from '../client/deadline'
import { readAnswer } from '../client/read-answer'
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
    const { columns } = await readAnswer(
      await socket.send(metadataApi, version, body),
      (bytes) => new MetadataDecoder(version, bytes).pass(),
      () => deadline.passed || socket.ended !== null,
    )
    return columns
  })
}
