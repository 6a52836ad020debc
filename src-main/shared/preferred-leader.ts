/** The preferred leader of a partition row: the first replica in assignment order (kafka-leader-election.sh), -1 = no replicas. */
export function preferredLeader(
  {
    replicaStart,
    replicaBroker,
  }: { readonly replicaStart: ArrayLike<number>; readonly replicaBroker: ArrayLike<number> },
  row: number,
): number {
  const first = replicaStart[row]!
  return first < replicaStart[row + 1]! ? replicaBroker[first]! : -1
}
