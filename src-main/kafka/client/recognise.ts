/** What most likely answered, judged by its first bytes where Kafka sends a length; null = no idea. */
export type Stranger = 'http' | 'tls' | 'ssh' | null

/** 0x14 … 0x17 followed by major version 3: a TLS record (RFC 8446, 5.1). An alert is what a TLS port answers to a plain question. */
export function recognise(first: Uint8Array): Stranger {
  const text = String.fromCharCode(...first.subarray(0, 4))
  if (text === 'HTTP' || text.startsWith('<')) return 'http'
  if (text === 'SSH-') return 'ssh'
  const type = first[0] ?? 0
  if (type >= 0x14 && type <= 0x17 && first[1] === 3) return 'tls'
  return null
}
