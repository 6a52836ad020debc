import type { KafkaInstall, KafkaRuntime } from '../setup/kafka'
import type { Host } from './host'
import type { RunFolder } from './run-folder'
export function dockerHost(_i: KafkaInstall, _r: KafkaRuntime, _f: RunFolder, _p: readonly number[]): Promise<Host> { throw new Error('not yet') }
