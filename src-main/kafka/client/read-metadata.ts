import type { MetadataColumns } from '../../domain/topology/columns'
import { MetadataDecoder } from '../wire/metadata-decoder'
import type { MetadataDecoderOptions } from '../wire/metadata-decoder'
import { encodeMetadata, metadataApi } from '../wire/metadata-request'
import type { MetadataRequest } from '../wire/metadata-request'
import type { BrokerSocket } from './broker-socket'
import { chooseVersion } from './choose-version'
import type { Deadline } from './deadline'
import { encoded } from './encoded'
import { kafkaError } from './kafka-errors'
import { readAnswer } from './read-answer'

/** Asks for Metadata over this very connection. Rejects with PortError, of kind 'kafka' where the whole answer is an error. */
export async function readMetadata(
  socket: BrokerSocket,
  host: string,
  request: MetadataRequest,
  deadline: Deadline,
  options: MetadataDecoderOptions = {},
): Promise<MetadataColumns> {
  const version = chooseVersion(metadataApi, socket.versions, host)
  const body = encoded(host, () => encodeMetadata(version, request))
  return socket.within(deadline, metadataApi.apiName, async () => {
    const { columns, errorCode } = await readAnswer(
      await socket.send(metadataApi, version, body),
      (bytes) => new MetadataDecoder(version, bytes, options).pass(),
      () => deadline.passed || socket.ended !== null,
    )
    if (errorCode !== 0) throw kafkaError(metadataApi.apiName, errorCode, host)
    return columns
  })
}
