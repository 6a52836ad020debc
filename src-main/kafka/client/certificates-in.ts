import { X509Certificate } from 'node:crypto'

const BLOCK = /-----BEGIN (TRUSTED |X509 )?CERTIFICATE-----[^]*?-----END (TRUSTED |X509 )?CERTIFICATE-----/g

/** The certificates of a PEM text, in its order; throws at the first block that is none. */
export const certificatesIn = (pem: string): readonly X509Certificate[] =>
  (pem.match(BLOCK) ?? []).map((block) => new X509Certificate(block))
