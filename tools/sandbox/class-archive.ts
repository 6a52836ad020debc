import type { KafkaInstall } from '../setup/kafka'
export function jvmArchiveFlags(_install: KafkaInstall): Promise<readonly string[]> { return Promise.resolve([]) }
