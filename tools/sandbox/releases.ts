/** The release of each broker; the first one is the oldest. */
type Brokers = readonly [string, ...string[]]

const alike = (version: string): Brokers => [version, version, version]

export type ReleaseName = '2.8.2' | '3.6.2' | '3.9.1' | '4.0.0' | '4.1.1' | '4.4.0' | 'mixed'

/** Clusters that the whole path is tried on (`npm run test:long -- versions`). `mixed` is one in the middle of its upgrade. */
export const RELEASES: Readonly<Record<ReleaseName, Brokers>> = {
  '2.8.2': alike('2.8.2'),
  '3.6.2': alike('3.6.2'),
  '3.9.1': alike('3.9.1'),
  '4.0.0': alike('4.0.0'),
  '4.1.1': alike('4.1.1'),
  '4.4.0': alike('4.4.0'),
  mixed: ['3.9.1', '4.1.1', '4.1.1'],
}

export const releaseNames = Object.keys(RELEASES) as ReleaseName[]
export const isReleaseName = (name: string): name is ReleaseName => Object.hasOwn(RELEASES, name)
