import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metadata.PartitionChangeRecord;
import org.apache.kafka.controller.PartitionChangeBuilder;
import org.apache.kafka.metadata.LeaderRecoveryState;
import org.apache.kafka.metadata.PartitionRegistration;
import org.apache.kafka.server.common.MetadataVersion;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What the controller makes of faults, partition by partition: Kafka's own PartitionChangeBuilder is asked, and only who asks it for what is written
 * here, as ReplicationControlManager does it. One line of standard input is a cluster and what happens to it, one line answers it.
 *
 * Question: ELR PARTITIONS PARTITION… STEP…, separated by blanks. ELR is 0 or 1. PARTITION is REPLICAS/MIN-ISR/UNCLEAN, its leader the first replica, all
 * in the ISR. STEP is EVENT+EVENT…; with a question mark before it the steps after it know nothing of it. EVENT is a letter, a broker and, after a
 * colon, partitions separated by dots:
 * n nothing, f is fenced, s asks to shut down, r registers after it was killed, c registers after a clean end, u is unfenced,
 * d loses the log directory of these partitions, o drops out of their ISR, j joins it, p preferred election of these.
 *
 * Answer: per step its partitions, separated by semicolons: LEADER/ISR/ELR/LAST-KNOWN-ELR/LEADER-EPOCH/UNCLEAN. UNCLEAN is 1 where a leader of this step was in neither ISR
 * nor ELR and did not lead last.
 */
class Elections {
    private static final int NOBODY = -1;
    private static final Uuid TOPIC = new Uuid(11, 11);

    private final boolean elr;
    private final Partition[] partitions;
    /** Bit n = broker n. */
    private long fenced;
    private long leaving;

    private static final class Partition {
        PartitionRegistration now;
        final int min;
        final boolean unclean;
        long lostDirectories;
        boolean electedUncleanly;

        Partition(PartitionRegistration now, int min, boolean unclean) {
            this.now = now;
            this.min = min;
            this.unclean = unclean;
        }
    }

    private Elections(boolean elr, Partition[] partitions) {
        this.elr = elr;
        this.partitions = partitions;
    }

    private Elections copy() {
        Partition[] copied = new Partition[partitions.length];
        for (int at = 0; at < copied.length; at++) {
            copied[at] = new Partition(partitions[at].now, partitions[at].min, partitions[at].unclean);
            copied[at].lostDirectories = partitions[at].lostDirectories;
        }
        Elections other = new Elections(elr, copied);
        other.fenced = fenced;
        other.leaving = leaving;
        return other;
    }

    public static void main(String[] args) throws Exception {
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String answer;
            try {
                answer = answer(line.split(" "));
            } catch (RuntimeException e) {
                answer = "failed " + String.valueOf(e).replace('\n', ' ');
            }
            System.out.println(answer);
        }
    }

    private static String answer(String[] words) {
        int count = Integer.parseInt(words[1]);
        Partition[] partitions = new Partition[count];
        for (int at = 0; at < count; at++) partitions[at] = parse(words[2 + at]);
        Elections cluster = new Elections(words[0].equals("1"), partitions);
        List<String> answers = new ArrayList<>();
        for (int at = 2 + count; at < words.length; at++) {
            boolean asks = words[at].startsWith("?");
            Elections played = asks ? cluster.copy() : cluster;
            for (Partition partition : played.partitions) partition.electedUncleanly = false;
            for (String event : words[at].substring(asks ? 1 : 0).split("\\+")) played.play(event);
            answers.add(played.told());
        }
        return String.join(" ", answers);
    }

    private static Partition parse(String word) {
        String[] parts = word.split("/");
        int[] replicas = numbers(parts[0], ",");
        Uuid[] directories = Arrays.stream(replicas).mapToObj(Elections::directory).toArray(Uuid[]::new);
        PartitionRegistration registration = new PartitionRegistration.Builder()
            .setReplicas(replicas)
            .setDirectories(directories)
            .setIsr(replicas)
            .setLeader(replicas[0])
            .setLeaderRecoveryState(LeaderRecoveryState.RECOVERED)
            .setLeaderEpoch(0)
            .setPartitionEpoch(0)
            .build();
        // ReplicationControlManager.getTopicEffectiveMinIsr
        int min = Math.min(Integer.parseInt(parts[1]), replicas.length);
        return new Partition(registration, min, parts[2].equals("1"));
    }

    private static Uuid directory(int broker) {
        return new Uuid(7, broker + 1000L);
    }

    private static int[] numbers(String words, String separator) {
        return Arrays.stream(words.split(separator)).mapToInt(Integer::parseInt).toArray();
    }

    private void play(String event) {
        String[] words = event.substring(1).split(":");
        int broker = Integer.parseInt(words[0]);
        int[] named = words.length < 2 ? new int[0] : numbers(words[1], "\\.");
        switch (event.charAt(0)) {
            case 'n' -> { }
            case 'f' -> {
                withoutBroker(broker, NOBODY);
                fenced |= 1L << broker;
                leaving &= ~(1L << broker);
            }
            case 's' -> {
                withoutBroker(broker, NOBODY);
                leaving |= 1L << broker;
            }
            case 'r' -> {
                if (elr) withoutBroker(NOBODY, broker);
                else withoutBroker(broker, NOBODY);
                fenced |= 1L << broker;
                leaving &= ~(1L << broker);
            }
            case 'c' -> {
                withoutBroker(broker, NOBODY);
                fenced |= 1L << broker;
                leaving &= ~(1L << broker);
            }
            case 'u' -> {
                for (Partition partition : partitions)
                    if (partition.now.leader == NOBODY) update(partition, NOBODY, broker, NOBODY);
                fenced &= ~(1L << broker);
            }
            case 'd' -> {
                for (int at : named) {
                    update(partitions[at], broker, NOBODY, NOBODY);
                    partitions[at].lostDirectories |= 1L << broker;
                }
            }
            case 'o' -> {
                for (int at : named) leaderDrops(partitions[at], broker);
            }
            case 'j' -> {
                for (int at : named) leaderAdds(partitions[at], broker);
            }
            case 'p' -> {
                for (int at : named) {
                    PartitionChangeBuilder builder = builder(partitions[at], this::isActive);
                    builder.setElection(PartitionChangeBuilder.Election.PREFERRED);
                    take(partitions[at], builder);
                }
            }
            default -> throw new IllegalArgumentException(event);
        }
    }

    private boolean isActive(int broker) {
        return ((fenced | leaving) >>> broker & 1) == 0;
    }

    /** Whom generateLeaderAndIsrUpdates is called for: the partitions with the broker in the ISR; after a kill those with it in the ELR too. */
    private void withoutBroker(int remove, int uncleanShutdown) {
        int broker = Math.max(remove, uncleanShutdown);
        for (Partition partition : partitions) {
            boolean inElr = uncleanShutdown >= 0 && has(partition.now.elr, broker);
            if (inElr || has(partition.now.isr, broker)) update(partition, remove, NOBODY, uncleanShutdown);
        }
    }

    private void update(Partition partition, int remove, int add, int uncleanShutdown) {
        IntPredicate acceptable = broker ->
            broker != remove && broker != uncleanShutdown && (broker == add || isActive(broker));
        PartitionChangeBuilder builder = builder(partition, acceptable);
        if (uncleanShutdown >= 0) builder.setUncleanShutdownReplicas(List.of(uncleanShutdown));
        builder.setTargetIsr(without(partition.now.isr, remove, uncleanShutdown));
        take(partition, builder);
    }

    private void leaderDrops(Partition partition, int broker) {
        if (partition.now.leader == NOBODY || partition.now.leader == broker) return;
        if (!has(partition.now.isr, broker)) return;
        leaderAsks(partition, without(partition.now.isr, broker, NOBODY));
    }

    private void leaderAdds(Partition partition, int broker) {
        boolean eligible = isActive(broker) && (partition.lostDirectories >>> broker & 1) == 0;
        if (!eligible || partition.now.leader == NOBODY || has(partition.now.isr, broker)) return;
        if (!has(partition.now.replicas, broker)) return;
        List<Integer> isr = new ArrayList<>(without(partition.now.isr, NOBODY, NOBODY));
        isr.add(broker);
        leaderAsks(partition, isr);
    }

    /** AlterPartition: a leader that asks for another ISR has recovered. */
    private void leaderAsks(Partition partition, List<Integer> isr) {
        PartitionChangeBuilder builder = builder(partition, this::isActive);
        builder.setTargetIsr(isr);
        builder.setTargetLeaderRecoveryState(LeaderRecoveryState.RECOVERED);
        take(partition, builder);
    }

    private PartitionChangeBuilder builder(Partition partition, IntPredicate acceptable) {
        PartitionChangeBuilder builder = new PartitionChangeBuilder(
            partition.now,
            TOPIC,
            0,
            broker -> acceptable.test(broker) && (partition.lostDirectories >>> broker & 1) == 0,
            MetadataVersion.latestProduction(),
            partition.min,
            elr);
        if (partition.unclean) builder.setElection(PartitionChangeBuilder.Election.UNCLEAN);
        builder.setDefaultDirProvider(Elections::directory);
        return builder;
    }

    private static void take(Partition partition, PartitionChangeBuilder builder) {
        PartitionRegistration before = partition.now;
        builder.build().ifPresent(record -> partition.now = before.merge((PartitionChangeRecord) record.message()));
        int leader = partition.now.leader;
        if (leader == NOBODY || leader == before.leader) return;
        if (!has(before.isr, leader) && !has(before.elr, leader) && !has(before.lastKnownElr, leader))
            partition.electedUncleanly = true;
    }

    private static boolean has(int[] brokers, int broker) {
        for (int one : brokers) if (one == broker) return true;
        return false;
    }

    private static List<Integer> without(int[] brokers, int one, int other) {
        return Arrays.stream(brokers).filter(id -> id != one && id != other).boxed().collect(Collectors.toList());
    }

    private String told() {
        return Arrays.stream(partitions).map(Elections::told).collect(Collectors.joining(";"));
    }

    private static String told(Partition partition) {
        PartitionRegistration now = partition.now;
        String unclean = partition.electedUncleanly ? "1" : "0";
        return String.join("/", String.valueOf(now.leader), list(now.isr), list(now.elr), list(now.lastKnownElr),
            String.valueOf(now.leaderEpoch), unclean);
    }

    private static String list(int[] brokers) {
        return Arrays.stream(brokers).mapToObj(String::valueOf).collect(Collectors.joining(","));
    }
}
