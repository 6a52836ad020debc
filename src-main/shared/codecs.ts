/** How a batch of records is compressed. Index = the code in its attributes (CompressionType.java). */
export const CODECS = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const
/** 'unknown': a code that later Kafka gave out. */
export type Codec = (typeof CODECS)[number] | 'unknown'
