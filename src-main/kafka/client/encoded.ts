import { PortError } from '../../ports/cluster-port'
import { WireError } from '../wire/wire-error'

/** A question that cannot be written down is the asker's mistake, not the broker's: PortError 'bad-input'. */
export function encoded(host: string, encode: () => Uint8Array): Uint8Array {
  try {
    return encode()
  } catch (error) {
    if (!(error instanceof WireError)) throw error
    throw new PortError('bad-input', 'protocol', `${host} cannot be asked this: ${error.message}`, 0, host)
  }
}
