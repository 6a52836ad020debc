/**
 * ListOffsets has no Codec: its answer is decoded into the rows that were asked, so decoding takes the question too.
 */
export { decodeListOffsets, ListOffsetsDecoder } from './list-offsets-decoder'
export {
  encodeListOffsets,
  listOffsetsApi,
  REPLICA_CONSUMER,
  REPLICA_DEBUG,
  TIMESTAMP_EARLIEST,
  TIMESTAMP_LATEST,
} from './list-offsets-request'
export type { OffsetsQuestion } from './list-offsets-request'
